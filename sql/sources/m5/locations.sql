-- purpose: M5 stores; CA_1 lies in the state CA, which is the region
-- grain: one row per store
-- key: location_id
-- inputs: sales_store_dept
-- units: none
-- checks: none
with
final as (
    select distinct
        store_id as location_id,
        store_id as name,
        split_part(store_id, '_', 1) as region,
        'store' as kind,
    from sales_store_dept
)

select * from final
