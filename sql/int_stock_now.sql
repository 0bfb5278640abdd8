-- purpose: stock in the morning of as_of: the newest count, less what was sold and plus what was due since
-- grain: one row per product and location that was counted
-- key: product_id, location_id
-- inputs: stg_stock, stg_inbound, int_sales_known
-- units: on_hand in units, negative where the count was or where more was sold since than there can have been
-- checks: not_null(on_hand); holds(counted_on <= getvariable('as_of'))
with
counted as (
    select product_id, location_id, as_of as counted_on, on_hand as counted
    from stg_stock
),

sold as (
    select c.product_id, c.location_id, sum(s.quantity) as quantity
    from counted as c
    join int_sales_known as s
        on s.product_id = c.product_id and s.location_id = c.location_id
        and s.date >= c.counted_on and s.date < getvariable('as_of')
    group by all
),

received as (
    select c.product_id, c.location_id, sum(i.quantity) as quantity
    from counted as c
    join stg_inbound as i
        on i.product_id = c.product_id and i.location_id = c.location_id
        and i.due_on >= c.counted_on and i.due_on < getvariable('as_of')
    group by all
),

final as (
    select
        product_id, location_id, counted_on, counted,
        counted + coalesce(received.quantity, 0) - coalesce(sold.quantity, 0) as on_hand,
    from counted
    left join sold using (product_id, location_id)
    left join received using (product_id, location_id)
)

select * from final
