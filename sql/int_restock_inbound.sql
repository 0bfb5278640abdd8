-- purpose: deliveries that have not arrived by the stock count, with the days until they are due
-- grain: one row per pair and due date
-- key: pair_idx, due_day
-- inputs: stg_inbound, int_restock_pair
-- units: due_day in days after as_of, negative when overdue; quantity in units
-- checks: holds(quantity >= 0)
with
final as (
    select
        p.pair_idx,
        (i.due_on - getvariable('as_of'))::integer as due_day,
        sum(i.quantity) as quantity,
    from stg_inbound as i
    join int_restock_pair as p using (product_id, location_id)
    -- what was due between an older count and as_of is in on_hand already
    where i.due_on >= getvariable('as_of') or i.due_on < p.counted_on
    group by all
)

select * from final
