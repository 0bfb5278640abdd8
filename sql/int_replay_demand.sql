-- purpose: what replays are played on: the demand of each backtest period, and what was forecast of it
-- grain: one row per series, cutoff and period ahead
-- key: series_idx, cutoff_idx, h
-- inputs: out_backtest_series, out_hidden_demand, int_axis
-- units: units per period; an estimate where the shelf was empty, NaN where nothing is known
-- checks: not_null(forecast)
with
placed as (
    select
        b.*,
        a.periods - (max(cutoff_idx) over () + 1 - cutoff_idx) * (max(h) over () + 1) + h as period_idx,
    from out_backtest_series as b
    cross join int_axis as a
),

final as (
    select
        series_idx, cutoff_idx, h,
        coalesce(if(isnan(actual), null, actual), hidden.demand, 'nan')::float as actual,
        forecast,
    from placed
    left join out_hidden_demand as hidden using (series_idx, period_idx)
)

select * from final
