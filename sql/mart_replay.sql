-- purpose: what orders by each policy would have cost on the company's own past, beside a simple rule and perfect foresight
-- grain: one row per policy and stretch of four weeks
-- key: policy, from_on
-- inputs: out_replay
-- units: money in the config's currency over all locations; fill_rate is units served over units demanded, cycle_service the share of deliveries after which no shelf stood empty before the next; stock_value is the mean over evenings, at cost; turns per year; cash is sales less purchases and ordering; cost_lower and cost_upper with demand on empty shelves at its bounds; ordering, cycle_service, turns and cash null where a company's orders are not known
-- checks: holds(cost >= 0)
with
costs as (
    select *, shortage + holding + ordering + waste as cost, (to_on - from_on + 1)::integer as days from out_replay
),

final as (
    select
        c.policy,
        c.from_on::varchar || ' to ' || c.to_on::varchar as period,
        c.from_on, c.to_on, c.days,
        nullif(c.setting, '') as setting,
        c.demand_case,
        c.cost, c.cost_lower, c.cost_upper, c.shortage, c.holding,
        if(c.has_orders, c.ordering, null) as ordering,
        c.waste,
        c.served / nullif(c.demanded, 0) as fill_rate,
        1 - c.cycles_short / nullif(c.cycles, 0) as cycle_service,
        c.demanded as demanded_quantity, c.served as served_quantity, c.wasted_units as wasted_quantity,
        if(c.has_orders, c.orders::integer, null) as orders,
        c.stock_value_days / c.days as stock_value,
        c.cost_of_sales / nullif(c.stock_value_days, 0) * 365 as turns,
        if(c.has_orders, c.revenue - c.purchases - c.ordering, null) as cash,
        c.cost - baseline.cost as against_baseline,
        c.cost - perfect.cost as against_perfect_foresight,
        c.cost - company.cost as against_company,
    from costs as c
    join costs as baseline on baseline.from_on = c.from_on and baseline.policy = 'recent_mean'
    join costs as perfect on perfect.from_on = c.from_on and perfect.policy = 'perfect_foresight'
    left join costs as company on company.from_on = c.from_on and company.policy = 'company' and company.has_orders
    order by c.from_on, c.policy
)

select * from final
