-- purpose: accuracy of the published forecast and of the baseline, by level; a level of one node would only repeat the total
with
levels as (
    select level
    from mart_forecast
    group by level
    having level in ('total', 'series') or min(series) < max(series)
),

overall as (
    from mart_forecast_accuracy
    where series = 'all' and segment = 'all' and cutoff is null and horizon = 'all'
),

champion as (
    from overall where model = 'champion'
)

select
    c.level, c.wape, c.wape / (1 - c.skill) as baseline_wape, c.skill, c.rmsse, c.bias, c.coverage_80, c.coverage_95,
from champion as c
join levels using (level)
order by list_position(['total', 'region', 'category', 'location', 'product', 'series'], c.level)
