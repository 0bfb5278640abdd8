-- purpose: the items; the file says nothing more about them
-- grain: one row per item
-- key: product_id
-- inputs: train
-- units: none
-- checks: none
with
final as (
    select distinct item as product_id, 'Item ' || item as name from train
)

select * from final
