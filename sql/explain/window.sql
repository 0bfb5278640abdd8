-- purpose: what may be sold in all over windows of one node from the as-of day on: one, two and four weeks of days, and the whole horizon
select to_on::varchar as to_on, periods, mean, q10, q90
from mart_forecast_window
where level = ${level} and series = ${series}
    and (periods in (7, 14, 28) or periods = (select max(periods) from mart_forecast_window))
order by periods
