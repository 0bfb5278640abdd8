-- purpose: the one store of the item data
-- grain: one row per store
-- key: location_id
-- inputs: items
-- units: none
-- checks: none
with
final as (
    select distinct
        store_id as location_id,
        store_id as name,
        state_id as region,
        'store' as kind,
    from items
    where store_id = 'CA_1' and cat_id = 'FOODS'
)

select * from final
