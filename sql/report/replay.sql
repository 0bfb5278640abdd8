-- purpose: replayed cost by policy, over the stretches asked for
select policy, period, from_on::varchar as from_on, to_on::varchar as to_on, cost, holding, shortage, fill_rate,
    against_baseline, against_perfect_foresight
from mart_replay
where from_on >= coalesce(try_cast(${from} as date), date '0001-01-01')
    and to_on <= coalesce(try_cast(${to} as date), date '9999-12-31')
order by from_on, cost
