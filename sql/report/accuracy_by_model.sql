-- purpose: accuracy of each model at the bottom, and how many series each was chosen for
with
won as (
    select model, count(distinct series)::double as series_won
    from mart_forecast
    where level = 'series' and is_champion
    group by model
)

select a.model, a.wape, a.rmsse, coalesce(w.series_won, 0) as series_won
from mart_forecast_accuracy as a
left join won as w using (model)
where a.level = 'series' and a.series = 'all' and a.segment = 'all' and a.cutoff is null and a.horizon = 'all'
order by a.wape, a.model
