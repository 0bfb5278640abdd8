-- purpose: promotions on the panel's axes, past and planned
-- grain: one row per series and period with a promotion
-- key: series_idx, period_idx
-- inputs: stg_promotions, int_promotion_kinds, int_series, int_axis
-- units: discount as a fraction, the deepest where several run; kind_idx is its kind, -1 for one that is not told apart; known_idx is the first period in whose morning all of them were known
-- checks: holds(discount between 0 and 1)
with
spans as (
    select
        p.product_id, p.location_id, coalesce(p.discount_pct, 0) / 100 as discount, coalesce(k.kind_idx, -1) as kind_idx,
        coalesce(ceil(epoch(p.known_at - getvariable('morning') - a.start_on::timestamp) / 86400 / a.period_days), 0) as known_idx,
        greatest(p.starts_on, a.start_on) as from_on,
        least(p.ends_on, a.start_on + (a.periods + a.horizon) * a.period_days - 1) as to_on,
    from stg_promotions as p
    left join int_promotion_kinds as k on k.kind = coalesce(p.kind, 'promotion')
    cross join int_axis as a
),

days as (
    select product_id, location_id, discount, kind_idx, known_idx, unnest(range(from_on, to_on + 1, interval 1 day))::date as ds
    from spans
    where from_on <= to_on
),

periods as (
    select
        product_id, location_id, ((ds - a.start_on) // a.period_days)::integer as period_idx,
        max(discount) as discount, arg_max(kind_idx, (discount, kind_idx)) as kind_idx, max(known_idx) as known_idx,
    from days
    cross join int_axis as a
    group by all
),

matched as (
    select s.series_idx, p.period_idx, p.discount, p.kind_idx, p.known_idx
    from int_series as s
    join periods as p on p.product_id = s.product_id and p.location_id = s.location_id
    union all
    select s.series_idx, p.period_idx, p.discount, p.kind_idx, p.known_idx
    from int_series as s
    join periods as p on p.product_id = s.product_id and p.location_id is null
    union all
    select s.series_idx, p.period_idx, p.discount, p.kind_idx, p.known_idx
    from int_series as s
    join periods as p on p.location_id = s.location_id and p.product_id is null
    union all
    select s.series_idx, p.period_idx, p.discount, p.kind_idx, p.known_idx
    from int_series as s
    join periods as p on p.product_id is null and p.location_id is null
),

final as (
    select
        series_idx, period_idx, max(discount)::float as discount,
        arg_max(kind_idx, (discount, kind_idx))::integer as kind_idx,
        greatest(0, max(known_idx))::integer as known_idx,
    from matched
    group by all
)

select * from final
