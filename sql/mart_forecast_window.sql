-- purpose: what may be sold in all from the as-of day on, for every length of window up to the horizon, at every level
-- grain: one row per level, series and number of periods
-- key: level, series, periods
-- inputs: out_window_series, out_window_node, int_series, int_forecast_node
-- units: quantities in units over the whole window; from_on is the as-of day, to_on the last day of the window
-- checks: not_null(mean); holds(mean >= 0); holds(q05 <= q10 and q10 <= q25 and q25 <= q50); holds(q50 <= q75 and q75 <= q90 and q90 <= q95)
with
bottom as (
    select
        'series' as level,
        s.product_id || '@' || s.location_id as series,
        s.product_id, s.location_id, s.category, s.region,
        w.periods, w.mean, w.q05, w.q10, w.q25, w.q50, w.q75, w.q90, w.q95,
    from out_window_series as w
    join int_series as s using (series_idx)
),

sums as (
    select
        level, series, i.product_id, i.location_id, i.category, i.region,
        n.periods, n.mean, n.q05, n.q10, n.q25, n.q50, n.q75, n.q90, n.q95,
    from out_window_node as n
    join int_forecast_node as i using (level, series)
),

final as (
    select
        level, series, product_id, location_id, category, region,
        getvariable('as_of')::date as from_on,
        (getvariable('as_of') + periods * getvariable('period_days')::integer - 1)::date as to_on,
        periods, mean, q05, q10, q25, q50, q75, q90, q95,
    from (from bottom union all by name from sums)
    order by level, series, periods
)

select * from final
