insert into quarantine
select
    ${file_id},
    ${table_name},
    ${path},
    line::bigint,
    null,
    null,
    code,
    message,
    raw,
    ${is_mapped},
from load_broken
order by line
