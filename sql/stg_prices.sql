-- purpose: the price list known in the morning of as_of, past and planned
-- grain: one row per product, location and first day
-- key: product_id, location_id, starts_on
-- inputs: raw_prices
-- units: price in the config's currency per unit
-- checks: not_null(price)
with
final as (
    select product_id, location_id, starts_on, ends_on, price, known_at
    from raw_prices
    where coalesce(known_at, timestamp '0001-01-01') <= getvariable('as_of') + getvariable('morning')
    qualify row_number() over (
        partition by product_id, location_id, starts_on
        order by known_at desc nulls last, price desc, ends_on desc nulls last
    ) = 1
)

select * from final
