-- purpose: the discounts a run shows on the terminal
select
    product_id as product,
    location_id as location,
    discount_pct,
    gain as gain_money,
    reason${suffix} as reason,
from mart_discount
order by gain desc, product_id, location_id
limit ${rows}
