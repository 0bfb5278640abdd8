-- purpose: the price list of CA_1 FOODS items, one row per change of price; weeks run from Saturday
-- grain: one row per item, store and change of price
-- key: product_id, location_id, starts_on
-- inputs: sell_prices, calendar
-- units: price in dollars per unit
-- checks: none
with
weeks as (
    select cast(wm_yr_wk as integer) as week, min(cast(date as date)) as starts_on from calendar group by all
),

weekly as (
    select
        p.item_id, p.store_id, weeks.starts_on,
        cast(p.sell_price as double) as price,
        lag(cast(p.sell_price as double)) over (
            partition by p.item_id, p.store_id order by weeks.starts_on
        ) as price_before,
    from sell_prices as p
    join weeks on weeks.week = cast(p.wm_yr_wk as integer)
    where p.store_id = 'CA_1' and p.item_id like 'FOODS%'
),

final as (
    select
        item_id as product_id,
        store_id as location_id,
        starts_on, price,
    from weekly
    where price is distinct from price_before
)

select * from final
