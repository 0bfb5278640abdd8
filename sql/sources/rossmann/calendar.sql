-- purpose: closed days, public holidays, school holidays and carnival of each Rossmann store, past and planned
-- grain: one row per day, store and event
-- key: date, event, location_id
-- inputs: train, future
-- units: none
-- checks: none
with
days as (
    select cast(Date as date) as date, Store, Open, StateHoliday, SchoolHoliday from train
    union all
    select cast(Date as date) as date, Store, Open, StateHoliday, SchoolHoliday from future
),

closures as (
    select date, 'closed' as event, Store as location_id, 'closure' as kind, true as is_closed
    from days
    where Open = '0'
),

-- StateHoliday is a string: 0 none, a public holiday, b Easter, c Christmas; a few stores open on them
state_holidays as (
    select
        date,
        case StateHoliday when 'a' then 'public holiday' when 'b' then 'Easter' when 'c' then 'Christmas' end as event,
        Store as location_id,
        'holiday' as kind,
        false as is_closed,
    from days
    where StateHoliday in ('a', 'b', 'c')
),

school_holidays as (
    select date, 'school holiday' as event, Store as location_id, 'school' as kind, false as is_closed
    from days
    where SchoolHoliday = '1'
),

easter_mondays as (
    select max(date) as date
    from days
    where StateHoliday = 'b'
    group by year(date)
),

-- no public holiday, but in some towns shops close at noon: the Thursday and the Monday before Ash Wednesday
carnival as (
    select date - 53 as date, 'Carnival Thursday' as event, null as location_id, 'event' as kind, false as is_closed
    from easter_mondays
    union all
    select date - 49 as date, 'Carnival Monday' as event, null as location_id, 'event' as kind, false as is_closed
    from easter_mondays
),

final as (
    select * from closures
    union all
    select * from state_holidays
    union all
    select * from school_holidays
    union all
    select * from carnival
)

select * from final
