-- purpose: the products sold, by series
-- grain: one row per product
-- key: product_id
-- inputs: products
-- units: list_price in dollars
-- checks: none
with
final as (
    select
        product as product_id,
        product as name,
        series as category,
        cast(sales_price as double) as list_price,
    from products
)

select * from final
