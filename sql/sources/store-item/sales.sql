-- purpose: store x item sales per day
-- grain: one row per day, item and store
-- key: date, product_id, location_id
-- inputs: train
-- units: quantity in units
-- checks: none
with
final as (
    select
        cast(date as date) as date,
        item as product_id,
        store as location_id,
        cast(sales as double) as quantity,
    from train
)

select * from final
