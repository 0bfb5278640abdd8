-- purpose: planners' overrides in force of one product, at one location or all
select product_id, location_id, starts_on::varchar as starts_on, ends_on::varchar as ends_on, quantity, pct, reason, planner,
    known_on::varchar as known_on, statistical_qty, final_qty, change_qty
from mart_forecast_override
where product_id = ${product} and (${location} is null or location_id in (${location}, ''))
order by starts_on, location_id, known_on
