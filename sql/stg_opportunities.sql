-- purpose: stages of deals entered before as_of; what happened on or after it is not known yet
-- grain: one row per opportunity and stage
-- key: opportunity_id, stage
-- inputs: raw_opportunities
-- units: amount in the config's currency
-- checks: none
with
final as (
    select
        opportunity_id, stage, customer_id, owner, product_id, entered_on,
        case when left_on < getvariable('as_of') then left_on end as left_on,
        amount,
        case when coalesce(left_on, entered_on) < getvariable('as_of') then outcome end as outcome,
        case when last_activity_on < getvariable('as_of') then last_activity_on end as last_activity_on,
    from raw_opportunities
    where entered_on < getvariable('as_of')
    qualify row_number() over (partition by opportunity_id, stage order by entered_on desc, left_on desc nulls last, amount desc nulls last, outcome desc nulls last) = 1
)

select * from final
