-- purpose: Rossmann stores; the files name no region, so type and assortment stay in the name
-- grain: one row per store
-- key: location_id
-- inputs: store
-- units: none
-- checks: none
with
final as (
    select
        Store as location_id,
        'Store ' || Store || ' (type ' || StoreType || ', '
            || case Assortment when 'a' then 'basic' when 'b' then 'extra' when 'c' then 'extended' else Assortment end
            || ' assortment)' as name,
        'store' as kind,
    from store
)

select * from final
