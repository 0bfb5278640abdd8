-- purpose: VN2 stores; the files name no region, so the format stays in the name
-- grain: one row per store
-- key: location_id
-- inputs: master
-- units: none
-- checks: none
with
final as (
    select distinct
        Store as location_id,
        'Store ' || Store || ' (format ' || Format || ')' as name,
        'store' as kind,
    from master
)

select * from final
