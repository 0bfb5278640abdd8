-- purpose: stock that the company kept, from its counts: between two counts stock is taken to change evenly
-- grain: one row per pair and stretch of a replay
-- key: pair_idx, stretch
-- inputs: int_restock_pair, raw_stock
-- units: unit_days is units on hand summed over days; stretches of 28 days back from replay_end, 0 the newest
-- checks: holds(unit_days >= 0)
with
counts as (
    select p.pair_idx, k.as_of, greatest(max(k.on_hand), 0) as on_hand
    from raw_stock as k
    join int_restock_pair as p using (product_id, location_id)
    where k.as_of <= getvariable('as_of')
    group by all
),

spans as (
    select
        pair_idx, as_of as from_on, on_hand,
        coalesce(lead(as_of) over after, getvariable('replay_end')) as to_on,
        coalesce(lead(on_hand) over after, on_hand) as next_on_hand,
    from counts
    window after as (partition by pair_idx order by as_of)
),

days as (
    select
        pair_idx,
        unnest(range(greatest(from_on, getvariable('replay_from')), least(to_on, getvariable('replay_end')), interval 1 day))::date as ds,
        (on_hand + next_on_hand) / 2 as on_hand,
    from spans
    where to_on > getvariable('replay_from') and from_on < getvariable('replay_end')
),

final as (
    select pair_idx, ((getvariable('replay_end') - 1 - ds) // 28)::integer as stretch, sum(on_hand) as unit_days
    from days
    group by all
)

select * from final
