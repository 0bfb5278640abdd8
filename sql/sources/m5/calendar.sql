-- purpose: M5 events, SNAP days per state and the closure on Christmas day, past and ahead
-- grain: one row per day, event and state
-- key: date, event, region
-- inputs: calendar
-- units: none
-- checks: none
with
days as (
    select * replace (cast(date as date) as date) from calendar
),

-- a day may carry two events
named as (
    select date, event_name_1 as event, event_type_1 as type from days
    union all
    select date, event_name_2 as event, event_type_2 as type from days
),

events as (
    select
        date, event,
        cast(null as varchar) as region,
        case when type in ('National', 'Religious') then 'holiday' else 'event' end as kind,
        false as is_closed,
    from named
    where event is not null
),

snap as (
    select
        date,
        'SNAP' as event,
        upper(right(state, 2)) as region,
        'snap' as kind,
        false as is_closed,
    from (
        unpivot (select date, snap_CA, snap_TX, snap_WI from days)
        on snap_CA, snap_TX, snap_WI into name state value is_snap
    )
    where cast(is_snap as integer) = 1
),

-- the few units booked on Christmas days (11 to 20 in the whole chain) are not demand
closures as (
    select
        date,
        'closed on Christmas day' as event,
        cast(null as varchar) as region,
        'closure' as kind,
        true as is_closed,
    from days
    where month(date) = 12 and day(date) = 25
),

final as (
    select * from events
    union all
    select * from snap
    union all
    select * from closures
)

select * from final
