-- purpose: the money in work orders
select count(*)::double as orders, coalesce(sum(value_at_stake), 0)::double as value
from mart_restock
where order_quantity > 0
