-- purpose: the series that are forecast, numbered; series_idx is the panel's row
-- grain: one row per product and location with sales
-- key: product_id, location_id
-- inputs: int_sales_known, int_products, int_locations
-- units: none
-- checks: not_null(series_idx)
with
pairs as (
    select product_id, location_id, min(date) as first_sale_on, max(date) as last_record_on
    from int_sales_known
    group by product_id, location_id
),

final as (
    select
        (row_number() over (order by product_id, location_id) - 1)::integer as series_idx,
        p.product_idx, l.location_idx, product_id, location_id,
        p.category, p.department, l.region,
        pairs.first_sale_on, pairs.last_record_on,
    from pairs
    join int_products as p using (product_id)
    join int_locations as l using (location_id)
    order by product_id, location_id
)

select * from final
