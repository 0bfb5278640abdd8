-- purpose: how old the newest row of each input is, and how far apart its days usually are
-- grain: one row per input table with rows
-- key: table_name
-- inputs: int_input_days
-- units: days; usual_gap_days is the gap that 19 in 20 are not above
-- checks: holds(age_days >= 0)
with
gaps as (
    select table_name, ds, ds - lag(ds) over (partition by table_name order by ds) as gap_days
    from int_input_days
),

final as (
    select
        table_name,
        max(ds) as newest_on,
        -- yesterday is as new as can be
        greatest(0, getvariable('as_of') - max(ds) - 1)::integer as age_days,
        coalesce(quantile_cont(gap_days, 0.95), 1)::double as usual_gap_days,
        count(*)::integer as days,
    from gaps
    group by table_name
)

select * from final
