-- purpose: what each series sold in the 30 days before as_of, and at what price
-- grain: one row per series
-- key: series_idx
-- inputs: int_sales_known, int_series
-- units: quantity in units; a period that reaches over the edge counts in proportion; price in the config's currency
-- checks: holds(sold_30_days >= 0)
with
sales as (
    select
        s.series_idx, k.quantity, k.revenue, k.unit_price,
        (k.date + getvariable('period_days')::integer - greatest(k.date, getvariable('as_of') - 30))
            / getvariable('period_days') as share,
    from int_sales_known as k
    join int_series as s using (product_id, location_id)
    where k.date + getvariable('period_days')::integer > getvariable('as_of') - 30
),

final as (
    select
        series_idx,
        coalesce(sum(sales.quantity * sales.share), 0) as sold_30_days,
        -- decimals sum to the same price in any order
        sum(coalesce(revenue, quantity * unit_price)::decimal(28, 6))::double
            / nullif(sum(quantity) filter (revenue is not null or unit_price is not null), 0) as unit_price,
        bool_and(coalesce(quantity, 0) = round(coalesce(quantity, 0))) as is_whole,
    from int_series
    left join sales using (series_idx)
    group by series_idx
)

select * from final
