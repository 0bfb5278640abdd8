-- purpose: planners' overrides that change the coming forecast, and by how much
-- grain: one row per override in force
-- key: product_id, location_id, starts_on, ends_on, known_on
-- inputs: out_override, int_overrides
-- units: units over the periods ahead on which this override is the one that holds; location_id is empty for all locations
-- checks: not_null(reason); holds(final_qty >= 0)
with
final as (
    select
        o.product_id, coalesce(o.location_id, '') as location_id, o.starts_on, o.ends_on,
        o.quantity, o.pct, o.reason, o.planner, o.known_on,
        e.statistical_qty, e.final_qty,
        e.final_qty - e.statistical_qty as change_qty,
    from out_override as e
    join int_overrides as o using (override_idx)
    where e.cells > 0
    order by product_id, location_id, starts_on, ends_on, known_on
)

select * from final
