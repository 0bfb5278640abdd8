-- purpose: the price list on the panel's axes, past and planned; a later row overrides an earlier one
-- grain: one row per series and first period of a price
-- key: series_idx, rank, from_idx
-- inputs: stg_prices, int_series, int_axis
-- units: price in the config's currency per unit; periods from_idx to to_idx, both included; known_idx is the first period in whose morning it was known
-- checks: holds(to_idx >= from_idx)
with
spans as (
    select
        product_id, location_id, price, starts_on, known_at,
        coalesce(
            ends_on,
            lead(starts_on) over (partition by product_id, location_id order by starts_on) - 1,
            date '9999-12-31'
        ) as ends_on,
    from stg_prices
),

on_axis as (
    select
        s.series_idx,
        (p.location_id is not null)::integer as rank,
        greatest(((p.starts_on - a.start_on) // a.period_days)::integer, 0) as from_idx,
        least(((p.ends_on - a.start_on) // a.period_days)::integer, a.periods + a.horizon - 1) as to_idx,
        last(p.price order by p.starts_on)::float as price,
        greatest(0, coalesce(max(
            ceil(epoch(p.known_at - getvariable('morning') - a.start_on::timestamp) / 86400 / a.period_days)
        ), 0))::integer as known_idx,
    from spans as p
    join int_series as s
        on s.product_id = p.product_id and (p.location_id = s.location_id or p.location_id is null)
    cross join int_axis as a
    where p.ends_on >= a.start_on
        and p.starts_on < a.start_on + (a.periods + a.horizon) * a.period_days
    group by all
),

final as (
    select *
    from on_axis
    qualify row_number() over (partition by series_idx, rank, from_idx order by to_idx desc) = 1
)

select * from final
