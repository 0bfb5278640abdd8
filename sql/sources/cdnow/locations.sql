-- purpose: the one place CDNOW sells from
-- grain: one row
-- key: location_id
-- inputs: master
-- units: none
-- checks: none
with
final as (
    select distinct 'online' as location_id, 'Online shop' as name, 'store' as kind from master
)

select * from final
