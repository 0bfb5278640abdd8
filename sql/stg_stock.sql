-- purpose: the newest stock count of each product and location, up to the morning of as_of
-- grain: one row per product and location
-- key: product_id, location_id
-- inputs: raw_stock
-- units: on_hand in units; negative where the source says so
-- checks: not_null(on_hand)
with
final as (
    select as_of, product_id, location_id, on_hand
    from raw_stock
    where as_of <= getvariable('as_of')
    qualify row_number() over (partition by product_id, location_id order by as_of desc, on_hand desc) = 1
)

select * from final
