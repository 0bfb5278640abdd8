-- purpose: what kind of promotion ran where, on the panel's axes
-- grain: one row per series and known period with a promotion
-- key: series_idx, period_idx
-- inputs: stg_promotions, int_series, int_axis
-- units: kind is 'promotion' where none is given; where several run, that of the deepest
-- checks: not_null(kind)
with
spans as (
    select
        p.product_id, p.location_id,
        coalesce(p.kind, 'promotion') as kind,
        coalesce(p.discount_pct, 0) as discount_pct,
        greatest((p.starts_on - a.start_on) // a.period_days, 0)::integer as from_idx,
        least((p.ends_on - a.start_on) // a.period_days, a.periods - 1)::integer as to_idx,
    from stg_promotions as p
    cross join int_axis as a
    where p.ends_on >= a.start_on
        and p.ends_on >= p.starts_on
        and p.starts_on < a.start_on + a.periods * a.period_days
),

matched as (
    select s.series_idx, p.kind, p.discount_pct, unnest(range(p.from_idx, p.to_idx + 1))::integer as period_idx
    from int_series as s
    join spans as p
        on (p.product_id = s.product_id or p.product_id is null)
        and (p.location_id = s.location_id or p.location_id is null)
),

final as (
    select series_idx, period_idx, arg_max(kind, (discount_pct, kind)) as kind
    from matched
    group by all
)

select * from final
