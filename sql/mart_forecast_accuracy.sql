-- purpose: how good the forecasts were in rolling-origin backtest; `champion` is the published choice, judged at each cutoff by a choice that cutoff took no part in (a single cutoff has chosen it as well)
-- grain: one row per level, series, segment, model, cutoff and horizon; `all` (cutoff: NULL) where not narrowed down; `champion` in every combination, other models by one at a time
-- key: level, series, segment, model, cutoff, horizon
-- inputs: out_forecast_accuracy
-- units: fractions; horizon in periods ahead from 1; cutoff is the first day forecast
-- checks: not_null(n); holds(n > 0)
with
final as (
    select
        level, series, segment, model,
        (getvariable('as_of') - periods_back * getvariable('period_days')::integer)::date as cutoff,
        horizon,
        model = 'champion' as is_champion,
        n, wape, rmsse, mase, bias, pinball, coverage_80, coverage_95, rmspe, skill,
    from out_forecast_accuracy
    order by level, series, segment, model, cutoff nulls first, horizon
)

select * from final
