-- purpose: why the published forecast is what it is: what each driver adds to it
-- grain: one row per product, location and day (or week) ahead
-- key: product_id, location_id, ds
-- inputs: out_forecast_driver, int_series
-- units: units per period; the parts add up to the mean exactly. level: mean of the last four weeks; trend: departure from it along a straight line; week, year: seasons; rest: what the drivers leave; override: what a planner changed
-- checks: not_null(mean); holds(level_qty + trend_qty + week_qty + year_qty + holiday_qty + promotion_qty + price_qty + macro_qty + rest_qty + override_qty = mean)
with
final as (
    select
        s.product_id, s.location_id, s.category, s.region,
        (getvariable('as_of') + d.h * getvariable('period_days')::integer)::date as ds,
        d.mean,
        d.level_qty, d.trend_qty, d.week_qty, d.year_qty, d.holiday_qty, d.promotion_qty, d.price_qty, d.macro_qty, d.rest_qty, d.override_qty,
    from out_forecast_driver as d
    join int_series as s using (series_idx)
    order by s.product_id, s.location_id, ds
)

select * from final
