-- purpose: customers with their risk of leaving, most money at risk first: the list of customer success
-- grain: one row per customer with a risk
-- key: customer_id
-- inputs: out_customer_risk, int_customers
-- units: risk, usual_risk and p_alive are probabilities; money in the config's currency
-- checks: not_null(risk); holds(risk between 0 and 1); holds(value_at_risk >= 0); not_null(reason_1); not_null(reason_2); not_null(reason_3)
with
final as (
    select
        customers.customer_id,
        customers.name,
        customers.segment,
        customers.region,
        risks.risk,
        risks.horizon_days,
        round(risks.value_at_risk, 2) as value_at_risk,
        risks.reason_1 || ' ' || risks.reason_2 || ' ' || risks.reason_3 as reasons,
        risks.trend,
        risks.action,
        coalesce(customers.owner, '(none)') as owner,
        row_number() over (order by risks.value_at_risk desc, risks.risk desc, customers.customer_id)::integer as priority,
        risks.tier,
        risks.status,
        risks.usual_risk,
        risks.risk_before,
        risks.p_alive,
        round(risks.value_at_risk_year, 2) as value_at_risk_year,
        round(risks.year_value, 2) as year_value,
        risks.last_order_on,
        risks.reason_1,
        risks.reason_2,
        risks.reason_3,
        risks.reason_1_zh,
        risks.reason_2_zh,
        risks.reason_3_zh,
        risks.reason_1_zh || risks.reason_2_zh || risks.reason_3_zh as reasons_zh,
        risks.action_zh,
        risks.method,
    from out_customer_risk as risks
    join int_customers as customers using (customer_idx)
)

select * from final
