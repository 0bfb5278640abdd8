-- purpose: what the champions erred at each cutoff of the backtest: in all, by category and by location where there are several
-- grain: one row per group and cutoff
-- key: subject, cutoff_idx
-- inputs: out_backtest_series, int_series, int_products, int_locations
-- units: units of product
-- checks: holds(absolute_error >= 0)
with
errors as (
    select
        cutoff_idx,
        'category ' || products.category as category,
        'location ' || series.location_id as location,
        actual::double as actual,
        forecast::double as forecast,
    from out_backtest_series
    join int_series as series using (series_idx)
    join int_products as products using (product_idx)
    where actual is not null and not isnan(actual)
),

groups as (
    select count(distinct category) as categories, count(distinct location) as locations from errors
),

final as (
    select
        coalesce(category, location, 'all') as subject,
        cutoff_idx,
        sum(abs(forecast - actual)) as absolute_error,
        sum(actual) as actual,
        sum(forecast) as forecast,
    from errors, groups
    group by grouping sets ((cutoff_idx), (cutoff_idx, category), (cutoff_idx, location))
    -- a level of one group repeats the whole
    having (category is null or any_value(categories) > 1) and (location is null or any_value(locations) > 1)
)

select * from final
