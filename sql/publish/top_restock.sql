-- purpose: the work orders a run shows on the terminal
select
    product_id as product,
    location_id as location,
    order_quantity as order_qty,
    order_by as order_by_on,
    value_at_stake as value_money,
    reason${suffix} as reason,
from mart_restock
where order_quantity > 0
order by priority
limit ${rows}
