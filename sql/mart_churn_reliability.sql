-- purpose: what the risk said against what came, in bands of risk
-- grain: one row per method and band
-- key: method, risk_from
-- inputs: out_churn_reliability
-- units: probabilities
-- checks: holds(customers > 0)
with
final as (
    select method, risk_from, risk_to, customers, predicted, actual, is_champion
    from out_churn_reliability
)

select * from final
