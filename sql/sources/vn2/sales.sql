-- purpose: VN2 weekly sales; a week out of stock is censored demand
-- grain: one row per week (its Monday), product and store
-- key: date, product_id, location_id
-- inputs: sales, in_stock
-- units: quantity in units per week
-- checks: none
with
sold as (
    select Store, Product, week, quantity
    from (unpivot sales on columns('^[0-9]{4}-[0-9]{2}-[0-9]{2}$') into name week value quantity)
),

stocked as (
    select Store, Product, week, in_stock
    from (unpivot in_stock on columns('^[0-9]{4}-[0-9]{2}-[0-9]{2}$') into name week value in_stock)
),

final as (
    select
        cast(sold.week as date) as date,
        sold.Product as product_id,
        sold.Store as location_id,
        cast(sold.quantity as double) as quantity,
        cast(stocked.in_stock as boolean) as in_stock,
    from sold
    left join stocked using (Store, Product, week)
)

select * from final
