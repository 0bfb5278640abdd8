-- purpose: the money at risk with customers
select count(*)::double as customers, coalesce(sum(value_at_risk), 0)::double as value
from mart_churn
where value_at_risk > 0
