-- purpose: the newest day on which each product was ordered for each location, to tell an order that was placed
create or replace table out_work_ordered as
select
    p.product_id, p.location_id, p.product_name, p.location_name, p.region,
    max(i.ordered_on) as ordered_on,
from int_restock_pair as p
left join stg_inbound as i using (product_id, location_id)
group by all
