-- purpose: M5 items of CA_1 FOODS as sales per day, from the first week with a price (before it an item is not on sale)
-- grain: one row per day, item and store
-- key: date, product_id, location_id
-- inputs: items, calendar, sell_prices
-- units: quantity in units; prices and revenue in dollars
-- checks: none
with
wanted as (
    select * from items where store_id = 'CA_1' and cat_id = 'FOODS'
),

cells as (
    select store_id, item_id, d, quantity
    from (unpivot wanted on columns('^d_[0-9]+$') into name d value quantity)
),

days as (
    select d, cast(date as date) as date, cast(wm_yr_wk as integer) as week from calendar
),

prices as (
    select store_id, item_id, cast(wm_yr_wk as integer) as week, cast(sell_price as double) as sell_price
    from sell_prices
    where store_id = 'CA_1' and item_id like 'FOODS%'
),

final as (
    select
        days.date,
        cells.item_id as product_id,
        cells.store_id as location_id,
        cast(cells.quantity as double) as quantity,
        cast(cells.quantity as double) * prices.sell_price as revenue,
        prices.sell_price as unit_price,
    from cells
    join days using (d)
    join prices on prices.store_id = cells.store_id and prices.item_id = cells.item_id and prices.week = days.week
)

select * from final
