-- purpose: what is to be done about one product, at one location or all, with the arithmetic
from mart_work_order
where product_id = ${product} and (${location} is null or location_id = ${location})
order by priority nulls last, kind, work_order_id
