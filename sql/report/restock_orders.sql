-- purpose: the work orders on the report
select product_id, location_id, order_quantity, order_by::varchar as order_by, days_of_cover, stockout_probability,
    value_at_stake, reason, reason_zh
from mart_restock
where order_quantity > 0
order by priority
limit 25
