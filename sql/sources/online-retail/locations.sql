-- purpose: the one place the wholesaler sells from
-- grain: one row
-- key: location_id
-- inputs: invoices
-- units: none
-- checks: none
with
final as (
    select distinct
        'online' as location_id,
        'Online shop' as name,
        'United Kingdom' as region,
        'store' as kind,
    from invoices
)

select * from final
