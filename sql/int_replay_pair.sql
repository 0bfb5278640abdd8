-- purpose: what a replay needs of each pair beyond its terms: price, and the count that its stock starts from
-- grain: one row per pair
-- key: pair_idx
-- inputs: int_restock_pair, int_products, int_recent_sales, raw_stock
-- units: opening_day in days after replay_base, negative where the count is older; opening_units in units, null where never counted
-- checks: none
with
counts as (
    select p.pair_idx, (k.as_of - getvariable('replay_base'))::integer as day, max(k.on_hand) as on_hand
    from raw_stock as k
    join int_restock_pair as p using (product_id, location_id)
    where k.as_of <= getvariable('as_of')
    group by all
),

-- the newest count of the first morning, else the first one after it
opening as (
    select pair_idx, day, greatest(on_hand, 0) as on_hand
    from counts
    qualify row_number() over (partition by pair_idx order by day > 0, abs(day)) = 1
),

final as (
    select
        p.pair_idx, p.product_idx,
        coalesce(d.list_price, r.unit_price)::double as unit_price,
        o.day::double as opening_day,
        o.on_hand::double as opening_units,
    from int_restock_pair as p
    left join int_products as d on d.product_idx = p.product_idx
    left join int_recent_sales as r on r.series_idx = p.series_idx
    left join opening as o on o.pair_idx = p.pair_idx
)

select * from final
