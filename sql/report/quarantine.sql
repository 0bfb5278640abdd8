-- purpose: one example of each kind of quarantined row, with how many there are
with
kinds as (
    select *, count(*) over (partition by path, column_name, reason_code) as such_rows
    from mart_quarantine
)

select path, line, column_name, left(value, 60) as value, reason_code, message, such_rows::double as such_rows
from kinds
qualify row_number() over (partition by path, column_name, reason_code order by line) = 1
order by such_rows desc, path, line
limit 20
