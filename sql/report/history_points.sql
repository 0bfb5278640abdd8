-- purpose: recent sales of the largest nodes of a level
with
largest as (
    select series, sum(mean) as volume
    from mart_forecast
    where level = ${level} and is_champion
    group by series
    order by volume desc, series
    limit ${most}
)

select series, ds::varchar as ds, quantity
from mart_sales_history
join largest using (series)
where level = ${level}
order by volume desc, series, ds
