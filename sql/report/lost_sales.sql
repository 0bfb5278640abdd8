-- purpose: where empty shelves cost most
select product_id, location_id, days_out, sold_quantity, demand_quantity, lost_quantity, lost_revenue,
    last_out_on::varchar as last_out_on
from mart_lost_sales
order by lost_revenue desc nulls last, lost_quantity desc, product_id, location_id
limit 10
