-- purpose: what a markdown decision needs to know of each product and location with stock
-- grain: one row per series with stock on hand
-- key: series_idx
-- inputs: stg_stock, int_series, int_products, stg_supply, mart_elasticity
-- units: on_hand in units; money in the config's currency; shelf life in days
-- checks: holds(on_hand > 0)
with
on_hand as (
    select s.series_idx, s.product_id, s.location_id, k.on_hand
    from stg_stock as k
    join int_series as s using (product_id, location_id)
    where k.on_hand > 0
),

products as (
    select * from int_products
),

-- terms for the product come before those of its supplier, terms for the location before those for everywhere
holding as (
    select h.series_idx, arg_max(t.holding_cost_per_unit_day, (t.product_id is not null)::integer * 2 + (t.location_id is not null)::integer) as holding_cost_per_unit_day,
    from on_hand as h
    join products as p using (product_id)
    join stg_supply as t
        on (t.product_id = h.product_id or (t.product_id is null and t.supplier_id = p.supplier_id))
        and (t.location_id = h.location_id or t.location_id is null)
    where t.holding_cost_per_unit_day is not null
    group by h.series_idx
),

own_price as (
    select product_id, elasticity, lo, hi, price_min, advice_allowed
    from mart_elasticity
    where cross_product_id is null
),

final as (
    select
        h.series_idx, h.on_hand,
        p.unit_cost, p.shelf_life_days,
        c.holding_cost_per_unit_day,
        e.elasticity, e.lo as elasticity_lo, e.hi as elasticity_hi, e.price_min,
        coalesce(e.advice_allowed, false) as advice_allowed,
    from on_hand as h
    join products as p using (product_id)
    left join holding as c using (series_idx)
    left join own_price as e using (product_id)
)

select * from final
