-- purpose: sales as known in the morning of as_of, one truth per key
-- grain: one row per date, product and location
-- key: date, product_id, location_id
-- inputs: raw_sales
-- units: quantity in units, prices and revenue in the config's currency
-- checks: not_null(quantity); holds(quantity >= 0)
with
known as (
    select
        *,
        coalesce(known_at, date + getvariable('period_days')::integer) as known_from,
    from raw_sales
    where date + getvariable('period_days')::integer <= getvariable('as_of')
        and coalesce(known_at, date + getvariable('period_days')::integer)
            <= getvariable('as_of') + getvariable('morning')
),

-- the latest known row wins; rows known at the same time are told apart by what they say, never by load order
final as (
    select date, product_id, location_id, quantity, revenue, unit_price, list_price, on_promotion, in_stock
    from known
    qualify row_number() over (
        partition by date, product_id, location_id
        order by known_from desc, quantity desc, revenue desc nulls last, unit_price desc nulls last,
            list_price desc nulls last, on_promotion desc nulls last, in_stock desc nulls last
    ) = 1
)

select * from final
