-- purpose: planners' overrides known in the morning of as_of, each with the first morning at which it was
-- grain: one row per override
-- key: product_id, location_id, starts_on, ends_on, known_on
-- inputs: raw_overrides
-- units: quantity in units over all days; pct in per cent of the forecast
-- checks: holds(ends_on >= starts_on); holds((quantity is null) <> (pct is null))
with
final as (
    select
        product_id, location_id, starts_on, ends_on, quantity, pct, reason, planner,
        (known_at - getvariable('morning') + interval 1 day - interval 1 microsecond)::date as known_on,
    from raw_overrides
    where known_at <= getvariable('as_of') + getvariable('morning')
    qualify row_number() over (
        partition by product_id, location_id, starts_on, ends_on, known_on
        order by known_at desc, quantity desc nulls last, pct desc nulls last, reason, planner
    ) = 1
)

select * from final
