-- purpose: what became of every input file
-- grain: one row per input file and table
-- key: table_name, path, position
-- inputs: raw_file
-- units: records without header and empty lines; bytes as stored
-- checks: holds(loaded + quarantined + duplicate + refused = records)
with
final as (
    select
        table_name,
        path,
        position,
        format,
        bytes,
        sha256,
        records,
        loaded,
        quarantined,
        duplicate,
        refused,
        is_refused,
        reason_code,
        reason,
        rows_mapped,
        rows_loaded,
        rows_quarantined,
    from raw_file
    order by table_name, path, position
)

select * from final
