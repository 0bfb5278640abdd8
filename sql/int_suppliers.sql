-- purpose: every supplier that is described or named by a product, numbered
-- grain: one row per supplier
-- key: supplier_id
-- inputs: stg_suppliers, int_products
-- units: money in the config's currency; cubic metres, kilograms, pallets
-- checks: not_null(supplier_idx)
with
named as (
    select distinct supplier_id from int_products where supplier_id is not null
),

final as (
    select
        (row_number() over (order by supplier_id) - 1)::integer as supplier_idx,
        supplier_id,
        coalesce(s.name, supplier_id) as name,
        s.order_days, s.cut_off,
        s.min_order_value, s.max_order_value, s.max_volume_m3, s.max_weight_kg, s.max_pallets,
    from stg_suppliers as s
    full join named using (supplier_id)
    order by supplier_id
)

select * from final
