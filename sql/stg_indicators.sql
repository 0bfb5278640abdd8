-- purpose: macro indicators with the time each value was published
-- grain: one row per indicator, period and publication
-- key: indicator, date, known_at
-- inputs: raw_indicators
-- units: as published
-- checks: not_null(known_at)
with
final as (
    select indicator, date, known_at, max(value) as value
    from raw_indicators
    where known_at <= getvariable('as_of') + getvariable('morning')
    group by indicator, date, known_at
)

select * from final
