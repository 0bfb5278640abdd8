-- purpose: discounts of one product, at one location or all
from mart_discount
where product_id = ${product} and (${location} is null or location_id = ${location})
order by location_id
