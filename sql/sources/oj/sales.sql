-- purpose: Dominick's orange juice per week; the log of ounces moved becomes cartons, the price per ounce a price per carton
-- grain: one row per week (its Thursday), brand and store
-- key: date, product_id, location_id
-- inputs: yx
-- units: quantity in cartons per week; unit_price and revenue in dollars
-- checks: none
with
-- 64 ounces a carton, but Tropicana Premium 96 (2), Minute Maid 96 (6) and Dominick's 128 (11)
weeks as (
    select
        *,
        case brand when '2' then 96 when '6' then 96 when '11' then 128 else 64 end as ounces,
        -- price1 to price11 are all brands' prices; the row's own is the one of its brand
        cast([price1, price2, price3, price4, price5, price6, price7, price8, price9, price10, price11] as double[])
            [cast(brand as integer)] as price_per_ounce,
    from yx
),

-- week 1 of Dominick's began on Thursday 14 September 1989
cartons as (
    select
        date '1989-09-14' + 7 * (cast(week as integer) - 1) as date,
        brand, store,
        round(exp(cast(logmove as double)) / ounces) as quantity,
        price_per_ounce * ounces as unit_price,
        deal = '1' or cast(feat as double) > 0 as on_promotion,
    from weeks
),

final as (
    select
        date,
        brand as product_id,
        store as location_id,
        quantity,
        quantity * unit_price as revenue,
        unit_price, on_promotion,
    from cartons
)

select * from final
