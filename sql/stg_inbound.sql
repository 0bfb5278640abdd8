-- purpose: deliveries ordered before as_of
-- grain: one row per product, location, due date and order date
-- key: product_id, location_id, due_on, ordered_on
-- inputs: raw_inbound
-- units: quantity in units
-- checks: not_null(quantity)
with
final as (
    select product_id, location_id, due_on, ordered_on, quantity
    from raw_inbound
    where ordered_on <= getvariable('as_of')
    qualify row_number() over (partition by product_id, location_id, due_on, ordered_on order by quantity desc) = 1
)

select * from final
