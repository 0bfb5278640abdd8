-- purpose: VN2 deliveries under way: W+1 arrives before opening on 15 April 2024, W+2 a week later, two weeks after the order
-- grain: one row per product, store and delivery
-- key: product_id, location_id, due_on, ordered_on
-- inputs: initial_state
-- units: quantity in units
-- checks: none
with
deliveries as (
    select Product, Store, date '2024-04-15' as due_on, cast("In Transit W+1" as double) as quantity from initial_state
    union all
    select Product, Store, date '2024-04-22' as due_on, cast("In Transit W+2" as double) as quantity from initial_state
),

final as (
    select
        Product as product_id,
        Store as location_id,
        due_on,
        due_on - 14 as ordered_on,
        quantity,
    from deliveries
    where quantity > 0
)

select * from final
