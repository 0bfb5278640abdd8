-- purpose: the discounts on the report
select product_id, location_id, discount_pct, expected_units, expected_margin, lo, hi, gain, stock_after, reason, reason_zh
from mart_discount
order by gain desc, product_id, location_id
limit 15
