insert into quarantine
select
    ${file_id},
    ${table_name},
    ${path},
    stage._line,
    coalesce(load_reason.column_name, ${key}),
    stage._value,
    coalesce(load_reason.code, 'DUPLICATE_KEY'),
    coalesce(
        replace(load_reason.message, '{value}', coalesce(left(stage._value, 200), '')),
        'another row of the SELECT has the same key and other values; keep one, add them up, or give known_at'
    ),
    coalesce(stage._raw, to_json(${content})::varchar),
    true,
from ${stage} as stage
left join load_reason on stage._reason = load_reason.reason
where not stage._ok
