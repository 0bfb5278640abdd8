-- purpose: the champions' forecasts of the largest nodes of a level
with
largest as (
    select series, sum(mean) as volume
    from mart_forecast
    where level = ${level} and is_champion
    group by series
    order by volume desc, series
    limit ${most}
)

select series, ds::varchar as ds, mean, q05, q10, q25, q75, q90, q95
from mart_forecast
join largest using (series)
where level = ${level} and is_champion
order by volume desc, series, ds
