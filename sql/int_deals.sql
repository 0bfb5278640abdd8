-- purpose: deals with their latest known facts and how they ended, as known in the morning of as_of
-- grain: one row per opportunity
-- key: opportunity_id
-- inputs: stg_opportunities
-- units: amount in the config's currency
-- checks: not_null(deal_idx)
with
latest as (
    select
        opportunity_id,
        arg_max(customer_id, entered_on) as customer_id,
        arg_max(owner, entered_on) as owner,
        arg_max(product_id, entered_on) as product_id,
        arg_max(amount, entered_on) as amount,
        max(last_activity_on) as last_activity_on,
        max(outcome) as outcome,
        max(coalesce(left_on, entered_on)) filter (where outcome is not null) as ended_on,
    from stg_opportunities
    group by opportunity_id
),

final as (
    select
        (row_number() over (order by opportunity_id) - 1)::integer as deal_idx,
        *,
        coalesce(dense_rank() over (order by product_id nulls last) - 1, -1)::integer as product_rank,
    from latest
)

select * exclude (product_rank), case when product_id is null then -1 else product_rank end as product_code
from final
