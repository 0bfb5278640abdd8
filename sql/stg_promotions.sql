-- purpose: promotions known in the morning of as_of, past and planned
-- grain: one row per promotion, product and location
-- key: promotion_id, product_id, location_id
-- inputs: raw_promotions
-- units: discount_pct in per cent
-- checks: holds(ends_on >= starts_on)
with
final as (
    select promotion_id, product_id, location_id, starts_on, ends_on, discount_pct, kind, known_at
    from raw_promotions
    where coalesce(known_at, timestamp '0001-01-01') <= getvariable('as_of') + getvariable('morning')
        and ends_on >= starts_on
    qualify row_number() over (
        partition by promotion_id, product_id, location_id
        order by known_at desc nulls last, starts_on, ends_on, discount_pct desc nulls last
    ) = 1
)

select * from final
