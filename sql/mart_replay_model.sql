-- purpose: what replayed orders cost by the model that demand was forecast with, beside its error; empty where one model was used
-- grain: one row per model
-- key: model
-- inputs: out_replay_model
-- units: cost in the config's currency; wape over windows of lead time and review
-- checks: holds(cost >= 0)
with
final as (
    select
        model, cost, wape,
        cost - min(cost) over () as against_best,
        rank() over (order by cost)::integer as place_by_cost,
        rank() over (order by wape)::integer as place_by_error,
    from out_replay_model
    order by cost, model
)

select * from final
