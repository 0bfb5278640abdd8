-- purpose: every record that is not used, and why
-- grain: one row per record of a file, or row of a SELECT, that breaks the contract
-- key: none
-- inputs: quarantine
-- units: line counted from 1
-- checks: not_null(reason_code); not_null(message); not_null(raw)
with
final as (
    select
        table_name,
        path,
        line,
        column_name,
        value,
        reason_code,
        message,
        raw,
        is_mapped,
    from quarantine
    order by table_name, path, line, reason_code, column_name, value, raw
)

select * from final
