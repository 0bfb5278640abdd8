-- purpose: what is to be done besides ordering, on the report
select kind, status, product_id, location_id, quantity, value_at_stake, probability, opened_on::varchar as opened_on,
    reason, reason_zh
from mart_work_order
where action <> 'order' and status <> 'closed'
order by value_at_stake desc nulls last, work_order_id
limit 15
