-- purpose: the stores; the file says nothing more about them
-- grain: one row per store
-- key: location_id
-- inputs: train
-- units: none
-- checks: none
with
final as (
    select distinct store as location_id, 'Store ' || store as name, 'store' as kind from train
)

select * from final
