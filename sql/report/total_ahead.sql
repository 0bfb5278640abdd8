-- purpose: what is expected in all, beside as many periods before
with
ahead as (
    select mean as ahead, q10, q90, periods, (to_on - from_on + 1) / periods as period_days
    from mart_forecast_window
    where level = 'total'
    order by periods desc
    limit 1
),

recent as (
    select quantity, row_number() over (order by ds desc) as periods_back
    from mart_sales_history
    where level = 'total'
),

before as (
    select sum(quantity) as before
    from recent
    where periods_back <= (select periods from ahead)
)

select
    ahead::double as ahead,
    q10::double as q10,
    q90::double as q90,
    before::double as before,
    periods::double as periods,
    period_days::double as period_days,
from ahead
cross join before
