-- purpose: M5 items of CA_1 FOODS; an item is launched in its first week with a price
-- grain: one row per item
-- key: product_id
-- inputs: items, calendar, sell_prices
-- units: none
-- checks: none
with
weeks as (
    select cast(wm_yr_wk as integer) as week, min(cast(date as date)) as starts_on from calendar group by all
),

first_prices as (
    select item_id, min(cast(wm_yr_wk as integer)) as week
    from sell_prices
    where store_id = 'CA_1' and item_id like 'FOODS%'
    group by all
),

-- the first week of the file says nothing about the launch: the item may have been on sale before
launches as (
    select
        item_id,
        case when starts_on > (select min(starts_on) from weeks) then starts_on end as launched_on,
    from first_prices
    join weeks using (week)
),

final as (
    select
        items.item_id as product_id,
        items.item_id as name,
        items.dept_id as category,
        items.cat_id as department,
        launches.launched_on,
    from items
    left join launches using (item_id)
    where items.store_id = 'CA_1' and items.cat_id = 'FOODS'
)

select * from final
