-- purpose: how good forecasts of one node were in backtest, the published choice first
select model, n, wape, rmsse, mase, bias, coverage_80, skill
from mart_forecast_accuracy
where level = ${level} and series = ${series} and segment = 'all' and cutoff is null and horizon = 'all'
order by model <> 'champion', wape, model
