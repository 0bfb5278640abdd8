-- purpose: visitors per day and stage before as_of
-- grain: one row per date, stage and segment
-- key: date, stage, segment
-- inputs: raw_funnel
-- units: visitors in people
-- checks: not_null(visitors)
with
final as (
    select date, stage, segment, max(visitors) as visitors
    from raw_funnel
    where date < getvariable('as_of')
    group by date, stage, segment
)

select * from final
