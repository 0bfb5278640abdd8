insert into quarantine
with
diagnosed as (
    ${diagnosis}
),

final as (
    select
        ${file_id} as file_id,
        ${table_name} as table_name,
        ${path} as path,
        load_bad_row.line::bigint as line,
        coalesce(load_reason.column_name, ${key}) as column_name,
        diagnosed.value,
        coalesce(load_reason.code, 'DUPLICATE_KEY') as reason_code,
        coalesce(
            replace(load_reason.message, '{value}', coalesce(left(diagnosed.value, 200), '')),
            'another row of the file has the same key and other values; keep one, add them up, or give known_at'
        ) as message,
        load_bad_row.raw,
        ${is_mapped} as is_mapped,
        load_bad_row.n,
    from load_bad_row
    inner join diagnosed using (n)
    left join load_reason using (reason)
)

select * exclude (n) from final order by n
