-- purpose: the ledger of runs, for readers of a snapshot; times of day and seconds are in the project's ledger folder
-- grain: one row per run of the same inputs, config, as-of date, seed, code and jobs
-- key: run_id
-- inputs: out_run
-- units: records in rows of the input files; steps and money as JSON
-- checks: not_null(as_of); holds(loaded + quarantined <= records)
with
final as (
    select run_id, as_of::date as as_of, * exclude (run_id, as_of)
    from out_run
)

select * from final
