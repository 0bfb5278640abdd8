-- purpose: in-store deals and newspaper features; consecutive weeks of one kind are one promotion
-- grain: one row per promotion
-- key: promotion_id
-- inputs: yx
-- units: none
-- checks: none
with
weeks as (
    select
        brand, store, cast(week as integer) as week,
        case
            when deal = '1' and cast(feat as double) > 0 then 'deal and feature'
            when deal = '1' then 'deal'
            else 'feature'
        end as kind,
    from yx
    where deal = '1' or cast(feat as double) > 0
),

runs as (
    select *, week - row_number() over (partition by brand, store, kind order by week) as run from weeks
),

final as (
    select
        'brand ' || brand || ', store ' || store || ', week ' || min(week) as promotion_id,
        brand as product_id,
        store as location_id,
        date '1989-09-14' + 7 * (min(week) - 1) as starts_on,
        date '1989-09-14' + 7 * (max(week) - 1) + 6 as ends_on,
        kind,
    from runs
    group by brand, store, kind, run
)

select * from final
