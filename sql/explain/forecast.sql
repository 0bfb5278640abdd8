-- purpose: the published forecast of one node
select ds::varchar as ds, model, fallback_code, mean, q05, q10, q25, q50, q75, q90, q95
from mart_forecast
where level = ${level} and series = ${series} and is_champion
order by ds
