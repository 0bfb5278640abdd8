-- purpose: the published forecast over all cutoffs: 1 - WAPE and RMSPE by store and day, 1 - WAPE of sums over the first days by store
with
judged as (
    select series_idx, cutoff_idx, h, actual::double as actual, forecast::double as forecast
    from out_backtest_series
    where not isnan(actual)
),

days as (
    select
        1 - sum(abs(actual - forecast)) / sum(actual) as accuracy,
        sqrt(avg(((actual - forecast) / actual) ** 2) filter (actual > 0)) as rmspe
    from judged
),

totals as (
    select sum(actual) as actual, sum(forecast) as forecast
    from judged
    where h < ${days}
    group by series_idx, cutoff_idx
),

final as (
    select
        days.accuracy,
        days.rmspe,
        (select 1 - sum(abs(totals.actual - totals.forecast)) / sum(totals.actual) from totals) as totals_accuracy
    from days
)

select * from final
