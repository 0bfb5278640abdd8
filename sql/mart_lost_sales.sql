-- purpose: sales lost to empty shelves in the last quarter: what was wanted, as far as can be told, beside what was sold
-- grain: one row per product and location that ran out in the 91 days before as_of
-- key: product_id, location_id
-- inputs: out_hidden_demand, int_series, int_axis, int_products, int_recent_sales
-- units: quantities in units, of the periods that ran out; lost_revenue in the config's currency, at the price of the last 30 days or else the list price
-- checks: holds(lost_quantity >= 0); holds(days_out > 0)
with
cells as (
    select series_idx, period_idx, sold::double as sold, demand::double as demand, a.start_on, a.period_days, a.periods,
    from out_hidden_demand
    cross join int_axis as a
    where period_idx >= a.periods - ceil(91 / a.period_days)
),

sums as (
    select
        series_idx,
        (count(*) * any_value(period_days))::integer as days_out,
        sum(sold) as sold_quantity,
        sum(demand) as demand_quantity,
        sum(demand - sold) as lost_quantity,
        (max(start_on + period_idx * period_days))::date as last_out_on,
        max(period_idx) = any_value(periods) - 1 as is_out_now,
    from cells
    group by series_idx
),

final as (
    select
        s.product_id, s.location_id, p.name as product_name, s.category, s.region,
        days_out, sold_quantity, demand_quantity, lost_quantity,
        lost_quantity * coalesce(r.unit_price, p.list_price) as lost_revenue,
        last_out_on, is_out_now,
    from sums
    join int_series as s using (series_idx)
    join int_products as p using (product_id)
    left join int_recent_sales as r using (series_idx)
    order by lost_revenue desc nulls last, lost_quantity desc, product_id, location_id
)

select * from final
