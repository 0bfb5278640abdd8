delete from ${shared}
where _file_id not in (
    select file_id
    from load_unit
    where table_name = ${table_name} and own_table is null
)
