-- purpose: what each step of forecasting was worth on past cutoffs
select scope, subject, step, n::double as n, wape, bias, skill
from mart_forecast_value_added
order by scope, subject, step_no
