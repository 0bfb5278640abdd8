-- purpose: planners' overrides on the panel's axes, in the order in which they are laid on: later ones over earlier ones
-- grain: one row per override of a product that is forecast
-- key: override_idx
-- inputs: stg_overrides, int_products, int_locations, int_axis
-- units: periods from_idx to to_idx, both included; known_idx is the first period in whose morning it was known; location_idx is NULL for all locations
-- checks: holds(to_idx >= from_idx)
with
placed as (
    select
        p.product_idx, l.location_idx, o.*,
        floor((o.starts_on - a.start_on) / a.period_days)::integer as from_idx,
        floor((o.ends_on - a.start_on) / a.period_days)::integer as to_idx,
        ceil((o.known_on - a.start_on) / a.period_days)::integer as known_idx,
    from stg_overrides as o
    join int_products as p using (product_id)
    left join int_locations as l using (location_id)
    cross join int_axis as a
    where o.location_id is null or l.location_idx is not null
),

final as (
    select
        (row_number() over (
            order by known_on, location_id is not null, ends_on - starts_on desc, product_id, location_id, starts_on, ends_on
        ) - 1)::integer as override_idx,
        *,
    from placed
)

select * from final
