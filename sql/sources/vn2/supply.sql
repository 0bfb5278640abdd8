-- purpose: VN2 terms by the rules of the challenge: one order a week, on sale two weeks after the Monday it is placed
-- grain: one row per product and store
-- key: product_id, location_id
-- inputs: initial_state
-- units: costs per unit: 0.2 per week in stock, 1 per unit that could not be sold
-- checks: none
with
final as (
    select
        Product as product_id,
        Store as location_id,
        14 as lead_time_days,
        7 as review_period_days,
        0.2 / 7 as holding_cost_per_unit_day,
        1.0 as shortage_cost_per_unit,
    from initial_state
)

select * from final
