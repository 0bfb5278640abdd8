-- purpose: what each replayed policy came to over all stretches
select policy, any_value(setting) as setting, any_value(demand_case) as demand_case,
    min(from_on)::varchar as from_on, max(to_on)::varchar as to_on,
    sum(cost) as cost, sum(cost_lower) as cost_lower, sum(cost_upper) as cost_upper,
    sum(shortage) as shortage, sum(holding) as holding, sum(ordering) as ordering, sum(waste) as waste,
    sum(served_quantity) / nullif(sum(demanded_quantity), 0) as fill_rate,
    avg(cycle_service) as cycle_service,
    sum(stock_value * days) / sum(days) as stock_value,
    sum(turns * stock_value * days) / nullif(sum(stock_value * days), 0) as turns,
    sum(wasted_quantity) as wasted_quantity, sum(orders)::double as orders, sum(cash) as cash,
    sum(against_baseline) as against_baseline, sum(against_perfect_foresight) as against_perfect_foresight,
    sum(against_company) as against_company
from mart_replay
group by policy
order by cost, policy
