-- purpose: known sales on the panel's axes
-- grain: one row per series and period with a record
-- key: series_idx, period_idx
-- inputs: int_sales_known, int_series, int_axis
-- units: quantity in units per period; prices in the config's currency per unit
-- checks: holds(quantity >= 0)
with
final as (
    select
        s.series_idx,
        ((k.date - a.start_on) // a.period_days)::integer as period_idx,
        sum(k.quantity)::float as quantity,
        avg(k.unit_price)::float as unit_price,
        avg(k.list_price)::float as list_price,
        coalesce(bool_or(k.on_promotion), false) as on_promotion,
        coalesce(bool_and(k.in_stock), true) as in_stock,
    from int_sales_known as k
    join int_series as s using (product_id, location_id)
    cross join int_axis as a
    group by all
)

select * from final
