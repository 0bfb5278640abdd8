-- purpose: what restock by each policy would have cost on past stretches of sales, beside the simple rule and perfect foresight
-- grain: one row per policy and stretch of history
-- key: policy, from_on
-- inputs: out_replay
-- units: money in the config's currency over all stores; fill_rate is units served over units demanded; demand on days out of stock is an estimate
-- checks: holds(cost >= 0)
with
costs as (
    select
        *,
        (getvariable('as_of') - (cutoffs_back * getvariable('horizon') * getvariable('period_days'))::integer)::date as from_on,
        (getvariable('as_of') - ((cutoffs_back - 1) * getvariable('horizon') * getvariable('period_days'))::integer - 1)::date as to_on,
        holding + shortage as cost,
    from out_replay
),

final as (
    select
        c.policy,
        c.from_on::varchar || ' to ' || c.to_on::varchar as period,
        c.from_on, c.to_on, c.pairs, c.cost, c.holding, c.shortage,
        c.served / nullif(c.demanded, 0) as fill_rate,
        c.cost - baseline.cost as against_baseline,
        c.cost - perfect.cost as against_perfect_foresight,
    from costs as c
    join costs as baseline on baseline.from_on = c.from_on and baseline.policy = 'recent_mean'
    join costs as perfect on perfect.from_on = c.from_on and perfect.policy = 'perfect_foresight'
    order by c.from_on, c.policy
)

select * from final
