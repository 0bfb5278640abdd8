-- purpose: holidays, events and closed days, past and ahead
-- grain: one row per date, event, region and location
-- key: date, event, region, location_id
-- inputs: raw_calendar
-- units: none
-- checks: not_null(event)
with
final as (
    select date, event, region, location_id, min(kind) as kind, coalesce(bool_or(is_closed), false) as is_closed
    from raw_calendar
    group by date, event, region, location_id
)

select * from final
