-- purpose: deliveries under way on the periods ahead; what is overdue arrives in the first
-- grain: one row per series and period ahead
-- key: series_idx, ahead_idx
-- inputs: stg_inbound, int_series, int_axis
-- units: quantity in units; ahead_idx 0 is the period of as_of
-- checks: holds(ahead_idx >= 0)
with
final as (
    select
        s.series_idx,
        greatest((i.due_on - getvariable('as_of')) // a.period_days, 0)::integer as ahead_idx,
        sum(i.quantity) as quantity,
    from stg_inbound as i
    join int_series as s using (product_id, location_id)
    cross join int_axis as a
    group by all
)

select * from final
