-- purpose: how good the published forecast and the baseline were, by level and horizon
select level, model, horizon, n::double as n, wape, rmspe, rmsse, mase, bias, pinball, coverage_80, coverage_95, skill
from mart_forecast_accuracy
where series = 'all' and segment = 'all' and cutoff is null
order by list_position(['total', 'region', 'category', 'location', 'product', 'series'], level),
    model <> 'champion', model, horizon <> 'all', length(horizon), horizon
