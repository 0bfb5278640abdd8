-- purpose: everything that left its usual band: inputs, quarantine, funnel, forecast errors, sales lost to empty shelves
-- grain: one row per alert
-- key: alert_id
-- inputs: out_monitor_alert
-- units: value and expected as the message says
-- checks: not_null(message); not_null(message_zh); holds(severity in ('high', 'medium'))
with
final as (
    select alert_id, kind, subject, ds, value, expected, deviation, severity, message, message_zh
    from out_monitor_alert
)

select * from final
