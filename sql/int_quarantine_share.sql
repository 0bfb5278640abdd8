-- purpose: how much of each input table went to quarantine
-- grain: one row per input table
-- key: table_name
-- inputs: raw_file
-- units: records
-- checks: none
with
final as (
    select table_name, sum(records)::double as records, sum(quarantined)::double as quarantined
    from raw_file
    group by table_name
    having sum(records) > 0
)

select * from final
