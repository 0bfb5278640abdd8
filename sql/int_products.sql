-- purpose: every product that is described or sold, numbered
-- grain: one row per product
-- key: product_id
-- inputs: stg_products, int_sales_known
-- units: as in the contract
-- checks: not_null(product_idx); not_null(category)
with
sold as (
    select distinct product_id from int_sales_known
),

final as (
    select
        (row_number() over (order by product_id) - 1)::integer as product_idx,
        product_id,
        coalesce(p.name, product_id) as name,
        coalesce(p.category, '(none)') as category,
        coalesce(p.department, '(none)') as department,
        p.unit_cost, p.list_price, p.pack_size, p.min_order_quantity, p.supplier_id, p.launched_on,
        p.discontinued_on, p.shelf_life_days, p.volume_m3, p.weight_kg, p.units_per_pallet,
    from stg_products as p
    full join sold using (product_id)
    order by product_id
)

select * from final
