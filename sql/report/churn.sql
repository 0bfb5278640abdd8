-- purpose: the customers at risk on the report
select customer_id, name, tier, risk, trend, value_at_risk, action, action_zh, owner,
    reason_1, reason_2, reason_3, reason_1_zh, reason_2_zh, reason_3_zh
from mart_churn
order by priority
limit 20
