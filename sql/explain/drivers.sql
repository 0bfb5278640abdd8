-- purpose: what each driver adds to the published forecast of one product, at one location or summed over all
select
    ds::varchar as ds,
    sum(level_qty) as level, sum(trend_qty) as trend, sum(week_qty) as week, sum(year_qty) as year, sum(holiday_qty) as holiday,
    sum(promotion_qty) as promotion, sum(price_qty) as price, sum(macro_qty) as macro, sum(rest_qty) as rest,
    sum(override_qty) as override, sum(mean) as mean
from mart_forecast_driver
where product_id = ${product} and (${location} is null or location_id = ${location})
group by ds
order by ds
