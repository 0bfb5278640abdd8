-- purpose: stays of deals in stages; rows that only mark the end of a deal are left out
-- grain: one row per opportunity and stage
-- key: deal_idx, stage
-- inputs: stg_opportunities, int_deals
-- units: none
-- checks: not_null(entered_on); holds(left_on is null or left_on >= entered_on)
with
stays as (
    select
        deals.deal_idx,
        deals.product_code,
        stays.stage,
        stays.entered_on,
        -- a deal that ended has left all its stages
        least(stays.left_on, deals.ended_on) as left_on,
        deals.outcome as deal_outcome,
        stays.outcome is not null and (stays.left_on is null or stays.left_on = stays.entered_on) as is_end_mark,
        count(*) over (partition by deals.deal_idx) as stages,
    from stg_opportunities as stays
    join int_deals as deals using (opportunity_id)
),

final as (
    select
        deal_idx,
        product_code,
        stage,
        (dense_rank() over (order by stage) - 1)::integer as stage_idx,
        entered_on,
        -- greatest() passes over NULL, and a stay that goes on must stay open
        case when left_on is not null then greatest(entered_on, left_on) end as left_on,
        left_on is null and deal_outcome is null
            and row_number() over (partition by deal_idx order by entered_on desc, stage desc) = 1 as is_current,
    from stays
    where not is_end_mark or stages = 1
)

select * from final
