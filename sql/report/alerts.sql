-- purpose: the alerts on the report
select ds::varchar as ds, kind, subject, severity, message, message_zh
from mart_alert
order by severity = 'high' desc, ds desc nulls last, alert_id
limit 20
