-- purpose: every order of the replay with what it was to be worth and what it turned out to be worth
-- grain: one row per product, location and day of order
-- key: product_id, location_id, ordered_on
-- inputs: out_replay_order, int_restock_pair
-- units: quantities in units; values in the config's currency, null where the order's window ends after the replay; asked_quantity is what was wanted, quantity what could be given
-- checks: holds(quantity > 0); holds(quantity <= asked_quantity)
with
final as (
    select
        p.product_id, p.location_id, o.ordered_on, o.promised_on, o.arrived_on,
        o.asked_quantity, o.quantity, o.promised_value, o.realised_value,
        o.realised_value - o.promised_value as value_difference,
    from out_replay_order as o
    join int_restock_pair as p using (pair_idx)
    order by p.product_id, p.location_id, o.ordered_on
)

select * from final
