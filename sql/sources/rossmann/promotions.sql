-- purpose: Rossmann promotions, past and planned; every store runs the same ones, so a run of days is one promotion
-- grain: one row per promotion
-- key: promotion_id
-- inputs: train, future
-- units: none
-- checks: none
with
days as (
    select cast(Date as date) as date from train where Promo = '1'
    union
    select cast(Date as date) as date from future where Promo = '1'
),

-- consecutive days have the same difference to their rank
runs as (
    select date, date - cast(row_number() over (order by date) as integer) as run from days
),

final as (
    select
        'promo-' || min(date) as promotion_id,
        min(date) as starts_on,
        max(date) as ends_on,
        'promo' as kind,
    from runs
    group by run
)

select * from final
