-- purpose: the deals with an alert on the report
select opportunity_id, customer_name, stage, days_in_stage, expected_days, amount,
    last_activity_on::varchar as last_activity_on, reason, reason_zh, owner
from mart_opportunity_alert
where alert
order by amount desc nulls last, opportunity_id
limit 12
