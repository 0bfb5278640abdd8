-- purpose: names like one that is not there
select series
from (select distinct series from mart_forecast where level = ${level})
order by levenshtein(series, ${name}), series
limit 5
