-- purpose: what products and locations are described by beyond the columns of the contract
-- grain: one row per holder and attribute; empty values have none
-- key: source, idx, name
-- inputs: int_products, stg_products, int_locations, stg_locations
-- units: text, as given
-- checks: not_null(value)
with
described as (
    select 'products' as source, p.product_idx as idx, s.attributes
    from int_products as p
    join stg_products as s using (product_id)
    union all
    select 'locations', l.location_idx, s.attributes
    from int_locations as l
    join stg_locations as s using (location_id)
),

pairs as (
    select d.source, d.idx, e.key as name, trim(json_extract_string(e.value, '$')) as value
    from described as d, json_each(d.attributes::json) as e
),

final as (
    select source, idx, name, value
    from pairs
    where value <> ''
    order by source, name, idx
)

select * from final
