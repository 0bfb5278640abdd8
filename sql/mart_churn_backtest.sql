-- purpose: how well the risk told who left at earlier dates, by method, against the rule of days since the last order
-- grain: one row per method and cutoff; the cutoff "all" pools those at which every method could be judged
-- key: method, cutoff
-- inputs: out_churn_backtest
-- units: rates and errors as fractions
-- checks: holds(brier between 0 and 1)
with
final as (
    select
        method,
        coalesce(cutoff_on::varchar, 'all') as cutoff,
        customers, base_rate, auc, brier, log_loss, bias, is_champion,
    from out_churn_backtest
)

select * from final
