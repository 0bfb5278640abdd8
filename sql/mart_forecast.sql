-- purpose: forecasts of every model at the bottom and of the champions' sums at every level
-- grain: one row per level, series, day (or week) ahead and model
-- key: level, series, ds, model
-- inputs: out_forecast_series, out_forecast_node, int_series, int_forecast_node
-- units: quantities in units per period; ds is the first day of the period, cutoff the as-of day
-- checks: not_null(mean); holds(mean >= 0); holds(q05 <= q10 and q10 <= q25 and q25 <= q50); holds(q50 <= q75 and q75 <= q90 and q90 <= q95)
with
bottom as (
    select
        'series' as level,
        s.product_id || '@' || s.location_id as series,
        s.product_id, s.location_id, s.category, s.region,
        f.h, f.model, f.is_champion, f.fallback_code,
        f.mean, f.q05, f.q10, f.q25, f.q50, f.q75, f.q90, f.q95,
    from out_forecast_series as f
    join int_series as s using (series_idx)
),

sums as (
    select
        level, series, i.product_id, i.location_id, i.category, i.region,
        n.h,
        'sum_of_champions' as model,
        true as is_champion,
        null::varchar as fallback_code,
        n.mean, n.q05, n.q10, n.q25, n.q50, n.q75, n.q90, n.q95,
    from out_forecast_node as n
    join int_forecast_node as i using (level, series)
),

final as (
    select
        level, series, product_id, location_id, category, region,
        (getvariable('as_of') + h * getvariable('period_days')::integer)::date as ds,
        getvariable('as_of')::date as cutoff,
        h, model, is_champion, fallback_code,
        mean, q05, q10, q25, q50, q75, q90, q95,
    from (from bottom union all by name from sums)
    order by level, series, model, h
)

select * from final
