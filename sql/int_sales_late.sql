-- purpose: sales that were known later than the morning after their period
-- grain: one row per series and period with such a record
-- key: series_idx, period_idx
-- inputs: raw_sales, int_series, int_axis
-- units: known_idx is the first period in whose morning the figure as it stands was known
-- checks: holds(known_idx > period_idx + 1)
with
placed as (
    select
        s.series_idx,
        ((k.date - a.start_on) // a.period_days)::integer as period_idx,
        ceil(
            epoch(k.known_at - getvariable('morning') - a.start_on::timestamp) / 86400 / a.period_days
        )::integer as known_idx,
    from raw_sales as k
    join int_series as s using (product_id, location_id)
    cross join int_axis as a
    where k.known_at > k.date + getvariable('period_days')::integer + getvariable('morning')
        and k.known_at <= getvariable('as_of') + getvariable('morning')
        and k.date >= a.start_on and k.date < getvariable('as_of')
),

final as (
    select series_idx, period_idx, max(known_idx) as known_idx
    from placed
    group by all
    having max(known_idx) > period_idx + 1
)

select * from final
