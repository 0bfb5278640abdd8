-- purpose: everything that is ordered somewhere: a product at a location that sells it, keeps it, or serves others with it
-- grain: one row per product and location, numbered
-- key: product_id, location_id
-- inputs: int_series, int_products, int_suppliers, int_locations, int_stock_now, int_supply_terms, int_recent_sales, stg_inbound,
--   stg_supply
-- units: days; quantities in units; money in the config's currency
-- checks: not_null(pair_idx); not_null(region)
with
served as (
    select distinct s.product_id, l.supplied_by as location_id
    from int_series as s
    join int_locations as l using (location_id)
    join int_locations as w on w.location_id = l.supplied_by
    where l.supplied_by <> l.location_id
),

pairs as (
    select product_id, location_id from int_series
    union
    select product_id, location_id from served
    union
    select product_id, location_id from int_stock_now
    union
    select product_id, location_id from stg_inbound
),

final as (
    select
        (row_number() over (order by product_id, location_id) - 1)::integer as pair_idx,
        product_id, location_id,
        s.series_idx, p.product_idx, l.location_idx,
        coalesce(p.name, product_id) as product_name,
        coalesce(l.name, location_id) as location_name,
        coalesce(p.category, '(none)') as category,
        coalesce(l.region, '(none)') as region,
        served.product_id is not null or coalesce(l.kind = 'warehouse', false) as is_warehouse,
        w.location_idx as warehouse_idx,
        p.supplier_id, u.supplier_idx,
        k.on_hand, k.counted_on,
        t.lead_time_days, t.lead_time_sd_days, t.review_period_days, t.order_cost,
        t.holding_cost_per_unit_day, t.shortage_cost_per_unit, t.service_level, t.service_kind,
        t.is_own is not null as has_terms,
        p.supplier_id is not null and not coalesce(t.is_own, false) and exists (from stg_supply)
            and not exists (from stg_supply as g where g.supplier_id = p.supplier_id) as is_supplier_unknown,
        coalesce(p.pack_size, 1) as pack_size,
        coalesce(p.min_order_quantity, 0) as min_order_quantity,
        p.unit_cost, p.volume_m3, p.weight_kg, p.units_per_pallet, p.shelf_life_days,
        p.discontinued_on - getvariable('as_of') + 1 as ends_in_days,
        coalesce(p.list_price, r.unit_price) - p.unit_cost as unit_margin,
        coalesce(r.sold_30_days, 0) as sold_30_days,
        coalesce(r.is_whole, true) as is_whole,
    from pairs
    left join int_series as s using (product_id, location_id)
    left join int_products as p using (product_id)
    left join int_suppliers as u using (supplier_id)
    left join int_locations as l using (location_id)
    left join int_locations as w on w.location_id = l.supplied_by and w.location_id <> l.location_id
    left join served using (product_id, location_id)
    left join int_stock_now as k using (product_id, location_id)
    left join int_supply_terms as t using (product_id, location_id)
    left join int_recent_sales as r on r.series_idx = s.series_idx
    order by product_id, location_id
)

select * from final
