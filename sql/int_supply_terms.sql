-- purpose: terms of supply of each product at each location, the most particular row given
-- grain: one row per product and location for which terms are given
-- key: product_id, location_id
-- inputs: stg_supply, int_products, int_locations
-- units: days; money in the config's currency
-- checks: not_null(is_own)
with
given as (
    select * from stg_supply
),

-- a product's own terms come before its supplier's, those of the location before those for everywhere
matched as (
    select
        p.product_id, l.location_id,
        4 * (g.product_id is not null)::integer + 2 * (g.supplier_id is not null)::integer
            + (g.location_id is not null)::integer as rank,
        g.product_id is not null as is_own,
        g.lead_time_days, g.lead_time_sd_days, g.review_period_days, g.order_cost,
        g.holding_cost_per_unit_day, g.shortage_cost_per_unit, g.service_level, g.service_kind,
    from given as g
    join int_products as p
        on (g.product_id is null or g.product_id = p.product_id)
        and (g.supplier_id is null or g.supplier_id = p.supplier_id)
    join int_locations as l on g.location_id is null or g.location_id = l.location_id
),

final as (
    select *
    from matched
    qualify row_number() over (
        partition by product_id, location_id
        order by rank desc, lead_time_days desc nulls last, review_period_days desc nulls last,
            lead_time_sd_days desc nulls last,
            order_cost desc nulls last, holding_cost_per_unit_day desc nulls last,
            shortage_cost_per_unit desc nulls last, service_level desc nulls last, service_kind desc nulls last
    ) = 1
)

select * from final
