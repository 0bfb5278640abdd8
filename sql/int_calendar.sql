-- purpose: events and closed days of each location on the panel's axis
-- grain: one row per location, period and event
-- key: location_idx, period_idx, event
-- inputs: stg_calendar, int_locations, int_axis
-- units: is_closed where the location cannot sell in the whole period
-- checks: none
with
days as (
    select l.location_idx, c.date, c.event, c.kind = 'closure' as is_closure, c.is_closed
    from stg_calendar as c
    join int_locations as l
        on (c.region is null or c.region = l.region)
        and (c.location_id is null or c.location_id = l.location_id)
),

on_axis as (
    select location_idx, event, is_closure, is_closed, date, ((date - a.start_on) // a.period_days)::integer as period_idx
    from days
    cross join int_axis as a
    where date >= a.start_on and date < a.start_on + (a.periods + a.horizon) * a.period_days
),

final as (
    select
        location_idx, period_idx, event,
        bool_and(is_closure) as is_closure,
        count(distinct date) filter (is_closed) = getvariable('period_days')::integer as is_closed,
    from on_axis
    group by all
)

select * from final
