-- purpose: terms of supply, as given
-- grain: one row per product or supplier, and location
-- key: product_id, supplier_id, location_id
-- inputs: raw_supply
-- units: days; money in the config's currency; service_level as a fraction
-- checks: none
with
given as (
    select * exclude (_file_id, _line) from raw_supply
),

-- rows of one key are told apart by what they say, never by load order
final as (
    select *
    from given
    qualify row_number() over (partition by product_id, supplier_id, location_id order by given::varchar desc) = 1
)

select * from final
