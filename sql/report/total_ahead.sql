-- purpose: what is expected in all, beside as many periods before
with
ahead as (
    select sum(mean) as ahead, count(*) as periods
    from mart_forecast
    where level = 'total' and is_champion
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

select ahead::double as ahead, before::double as before, periods::double as periods
from ahead
cross join before
