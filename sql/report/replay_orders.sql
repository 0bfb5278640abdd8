-- purpose: what replayed orders promised and what became of it
select count(*)::double as orders, count(realised_value)::double as orders_over,
    sum(promised_value) filter (realised_value is not null) as promised_value,
    sum(realised_value) filter (promised_value is not null) as realised_value
from mart_replay_order
