-- purpose: what each step of forecasting was worth on past cutoffs: naive, statistical, and final with the overrides known when the forecast was made
-- grain: one row per scope, subject and step; scope all, overridden (days and series under an override), planner (under one planner's)
-- key: scope, subject, step_no
-- inputs: out_forecast_value_added
-- units: fractions; skill is the share by which the error lies below the step's before, less than 0 where it did harm, empty for the first; n in series and periods
-- checks: holds(n > 0)
with
final as (
    select scope, coalesce(subject, '') as subject, step_no, step, n, wape, bias, skill,
    from out_forecast_value_added
    order by scope, subject, step_no
)

select * from final
