-- purpose: what each customer ordered per day, returns taken off; order lines without a customer are left out
-- grain: one row per customer and day with an order or a return
-- key: customer_idx, ordered_on
-- inputs: stg_orders, int_customers
-- units: values in the config's currency; returned_value is positive
-- checks: not_null(net_value); holds(returned_value >= 0)
with
lines as (
    select customer_id, ordered_at::date as ordered_on, product_id, quantity, quantity * unit_price as value
    from stg_orders
    where customer_id is not null
),

per_day as (
    select
        customer_id,
        ordered_on,
        sum(value) as net_value,
        -least(0, coalesce(sum(value) filter (where quantity < 0), 0)) as returned_value,
        count(distinct product_id) filter (where quantity > 0) as products,
    from lines
    group by customer_id, ordered_on
),

final as (
    select customer_idx, ordered_on, round(net_value, 6) as net_value, round(returned_value, 6) as returned_value, products::integer as products
    from per_day
    join int_customers using (customer_id)
)

select * from final
