-- purpose: what each node above the series is: its product or location, category and region
-- grain: one row per level and node
-- key: level, series
-- inputs: out_forecast_node, int_products, int_locations
-- units: none
-- checks: not_null(level)
with
nodes as (
    select distinct level, series from out_forecast_node
),

final as (
    select
        n.level, n.series,
        p.product_id,
        l.location_id,
        case when n.level = 'category' then n.series else p.category end as category,
        case when n.level = 'region' then n.series else l.region end as region,
    from nodes as n
    left join int_products as p on n.level = 'product' and n.series = p.product_id
    left join int_locations as l on n.level = 'location' and n.series = l.location_id
)

select * from final
