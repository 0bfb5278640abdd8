-- purpose: the customers a run shows on the terminal
select
    customer_id as customer,
    owner,
    round(risk * 100) as risk_pct,
    value_at_risk as at_risk_money,
    reason_1${suffix} as reason,
from mart_churn
order by value_at_risk desc, customer_id
limit ${rows}
