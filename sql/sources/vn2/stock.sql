-- purpose: VN2 stock on Monday 15 April 2024 before opening: what was left at the end of the week before
-- grain: one row per product and store
-- key: as_of, product_id, location_id
-- inputs: initial_state
-- units: on_hand in units
-- checks: none
with
final as (
    select
        date '2024-04-15' as as_of,
        Product as product_id,
        Store as location_id,
        cast("End Inventory" as double) as on_hand,
    from initial_state
)

select * from final
