-- purpose: visitors of each stage and segment by day, and whether the day had an event everywhere
-- grain: one row per stage, segment and day counted
-- key: series_idx, ds
-- inputs: stg_funnel, stg_calendar
-- units: visitors in people
-- checks: holds(visitors >= 0)
with
events as (
    select distinct date as ds from stg_calendar where region is null and location_id is null
),

counted as (
    select date as ds, stage, coalesce(segment, '(all)') as segment, visitors from stg_funnel
),

final as (
    select
        (dense_rank() over (order by counted.stage, counted.segment) - 1)::integer as series_idx,
        counted.stage, counted.segment, counted.ds, counted.visitors,
        events.ds is not null as is_event,
    from counted
    left join events using (ds)
)

select * from final
