-- purpose: 1 - WAPE of the published forecast's sums over the first days of each cutoff, by store
with
totals as (
    select series_idx, cutoff_idx, sum(actual::double) as actual, sum(forecast::double) as forecast
    from out_backtest_series
    where h < ${days} and not isnan(actual)
    group by all
),

final as (
    select 1 - sum(abs(actual - forecast)) / sum(actual) as accuracy from totals
)

select * from final
