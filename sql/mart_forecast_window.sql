-- purpose: what may be sold in all from the as-of day on, for every length of window up to the horizon, at every level
-- grain: one row per level, series and number of periods
-- key: level, series, periods
-- inputs: out_window_series, out_window_node, int_series, int_products, int_locations
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
        n.level, n.series,
        p.product_id,
        l.location_id,
        case when n.level = 'category' then n.series else p.category end as category,
        case when n.level = 'region' then n.series else l.region end as region,
        n.periods, n.mean, n.q05, n.q10, n.q25, n.q50, n.q75, n.q90, n.q95,
    from out_window_node as n
    left join int_products as p on n.level = 'product' and n.series = p.product_id
    left join int_locations as l on n.level = 'location' and n.series = l.location_id
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
