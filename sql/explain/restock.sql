-- purpose: work orders of one product, at one location or all
from mart_restock
where product_id = ${product} and (${location} is null or location_id = ${location})
order by priority
