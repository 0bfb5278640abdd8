-- purpose: Dominick's stores of the Chicago area; their demographics have no place in the contract
-- grain: one row per store
-- key: location_id
-- inputs: storedemo
-- units: none
-- checks: none
with
final as (
    select
        STORE as location_id,
        'Store ' || STORE as name,
        'Chicago' as region,
        'store' as kind,
    from storedemo
)

select * from final
