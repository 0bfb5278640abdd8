-- purpose: order lines placed before as_of
-- grain: one row per order and line
-- key: order_id, line
-- inputs: raw_orders
-- units: quantity in units, negative for returns; unit_price in the config's currency
-- checks: not_null(quantity)
with
final as (
    select order_id, line, ordered_at, customer_id, product_id, location_id, quantity, unit_price
    from raw_orders
    where ordered_at < getvariable('as_of')
    qualify row_number() over (partition by order_id, line order by ordered_at desc, quantity desc, unit_price desc, product_id) = 1
)

select * from final
