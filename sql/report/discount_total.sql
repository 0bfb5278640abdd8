-- purpose: the money in discounts
select count(*)::double as discounts, coalesce(sum(gain), 0)::double as gain
from mart_discount
