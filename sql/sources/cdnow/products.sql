-- purpose: the one product of CDNOW
-- grain: one row
-- key: product_id
-- inputs: master
-- units: none
-- checks: none
with
final as (
    select distinct 'CD' as product_id, 'Compact disc' as name from master
)

select * from final
