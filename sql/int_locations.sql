-- purpose: every location that is described or sells, numbered
-- grain: one row per location
-- key: location_id
-- inputs: stg_locations, int_sales_known
-- units: none
-- checks: not_null(location_idx); not_null(region)
with
selling as (
    select distinct location_id from int_sales_known
),

final as (
    select
        (row_number() over (order by location_id) - 1)::integer as location_idx,
        location_id,
        coalesce(l.name, location_id) as name,
        coalesce(l.region, '(none)') as region,
        coalesce(l.kind, 'store') as kind,
        l.supplied_by,
    from stg_locations as l
    full join selling using (location_id)
    order by location_id
)

select * from final
