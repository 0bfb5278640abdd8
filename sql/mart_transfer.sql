-- purpose: stock that is better moved from a neighbour than ordered
-- grain: one row per product, giving and taking location
-- key: product_id, from_location_id, to_location_id
-- inputs: out_transfer, int_restock_pair
-- units: quantity in units; value in the config's currency
-- checks: holds(quantity > 0); holds(from_location_id <> to_location_id)
with
transfers as (
    select * from out_transfer
),

pairs as (
    select * from int_restock_pair
),

final as (
    select
        g.product_id,
        g.location_id as from_location_id,
        t.location_id as to_location_id,
        g.product_name,
        g.region,
        o.quantity,
        round(o.value, 2) as value,
        o.order_quantity_after,
        o.reason, o.reason_zh,
    from transfers as o
    join pairs as g on g.pair_idx = o.from_pair_idx
    join pairs as t on t.pair_idx = o.to_pair_idx
    order by value desc, g.product_id, g.location_id, t.location_id
)

select * from final
