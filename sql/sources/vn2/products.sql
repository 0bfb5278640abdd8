-- purpose: VN2 products with their group and department; the master has one row per store and product
-- grain: one row per product
-- key: product_id
-- inputs: master
-- units: pack_size in units
-- checks: none
with
final as (
    select distinct
        Product as product_id,
        'Product ' || Product as name,
        ProductGroup as category,
        Department as department,
        1 as pack_size,
    from master
)

select * from final
