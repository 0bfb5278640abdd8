-- purpose: replayed cost by policy and stretch, with what it has come to since the first
select policy, period, from_on::varchar as from_on, to_on::varchar as to_on, cost, fill_rate, against_baseline,
    against_perfect_foresight, against_company,
    sum(cost) over (partition by policy order by from_on) as cost_so_far
from mart_replay
order by from_on, cost, policy
