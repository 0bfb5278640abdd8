-- purpose: recent sales beside the forecasts, at every level, for charts
-- grain: one row per level, series and period, the last 120 periods before as_of
-- key: level, series, ds
-- inputs: int_sales, int_series, int_axis, out_hidden_demand
-- units: units per period; quantity is 0 where nothing was recorded; demand is the quantity, or where a shelf was empty an estimate of what was wanted; ds is the first day of the period
-- checks: holds(quantity >= 0); holds(demand >= quantity)
with
recent as (
    select
        s.product_id, s.location_id, s.category, s.region, k.period_idx,
        k.quantity::double as quantity,
        greatest(k.quantity::double, coalesce(h.demand::double, 0)) as demand,
    from int_sales as k
    join int_series as s using (series_idx)
    left join out_hidden_demand as h using (series_idx, period_idx)
    cross join int_axis as a
    where k.period_idx >= a.periods - 120
),

sums as (
    select 'series' as level, product_id || '@' || location_id as series, period_idx, sum(quantity) as quantity, sum(demand) as demand
    from recent group by all
    union all
    select 'product', product_id, period_idx, sum(quantity), sum(demand) from recent group by all
    union all
    select 'category', category, period_idx, sum(quantity), sum(demand) from recent group by all
    union all
    select 'location', location_id, period_idx, sum(quantity), sum(demand) from recent group by all
    union all
    select 'region', region, period_idx, sum(quantity), sum(demand) from recent group by all
    union all
    select 'total', 'total', period_idx, sum(quantity), sum(demand) from recent group by all
),

periods as (
    select unnest(range(greatest(periods - 120, 0), periods))::integer as period_idx, start_on, period_days
    from int_axis
),

first_seen as (
    select level, series, min(period_idx) as first_idx from sums group by all
),

final as (
    select
        f.level, f.series,
        (p.start_on + p.period_idx * p.period_days)::date as ds,
        coalesce(s.quantity, 0) as quantity,
        coalesce(s.demand, 0) as demand,
    from first_seen as f
    join periods as p on p.period_idx >= f.first_idx
    left join sums as s on s.level = f.level and s.series = f.series and s.period_idx = p.period_idx
    order by all
)

select * from final
