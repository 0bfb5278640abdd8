-- purpose: units lost to empty shelves beside units sold: in all, by category and by location where there are several, in stretches of four weeks back from as_of
-- grain: one row per group and stretch, 0 the newest, 12 the oldest
-- key: subject, stretch
-- inputs: int_sales, out_hidden_demand, int_series, int_axis
-- units: units of product
-- checks: holds(lost >= 0); holds(sold >= 0)
with
cells as (
    select
        'category ' || s.category as category,
        'location ' || s.location_id as location,
        ((a.periods - 1 - k.period_idx) * a.period_days // 28)::integer as stretch,
        k.quantity::double as sold,
        greatest(coalesce(h.demand::double, 0) - k.quantity, 0) as lost,
    from int_sales as k
    join int_series as s using (series_idx)
    cross join int_axis as a
    left join out_hidden_demand as h using (series_idx, period_idx)
    where k.period_idx >= a.periods - 13 * 28 / a.period_days
),

groups as (
    select count(distinct category) as categories, count(distinct location) as locations from cells
),

final as (
    select coalesce(category, location, 'all') as subject, stretch, sum(lost) as lost, sum(sold) as sold
    from cells, groups
    group by grouping sets ((stretch), (stretch, category), (stretch, location))
    -- a level of one group repeats the whole
    having (category is null or any_value(categories) > 1) and (location is null or any_value(locations) > 1)
)

select * from final
