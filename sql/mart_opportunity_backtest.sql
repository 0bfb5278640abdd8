-- purpose: what became of deals with and without an alert at earlier dates
-- grain: one row per cutoff and alert
-- key: cutoff, alert
-- inputs: out_deal_backtest
-- units: deals; shares as fractions of them
-- checks: holds(won + lost + still_open = deals)
with
final as (
    select
        cutoff_on as cutoff, alert, deals, won, lost, still_open,
        round(won / nullif(deals, 0), 4) as won_share,
        round(lost / nullif(deals, 0), 4) as lost_share,
    from out_deal_backtest
)

select * from final
