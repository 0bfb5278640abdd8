-- purpose: the price of each brand and store in each week that is recorded
-- grain: one row per week, brand and store
-- key: product_id, location_id, starts_on
-- inputs: yx
-- units: price in dollars per carton
-- checks: none
with
-- every row of a store's week repeats the prices of all brands
store_weeks as (
    select distinct store, week, price1, price2, price3, price4, price5, price6, price7, price8, price9, price10, price11
    from yx
),

prices as (
    select store, week, substr(name, 6) as brand, cast(price as double) as price_per_ounce
    from (unpivot store_weeks on columns('^price[0-9]+$') into name name value price)
),

final as (
    select
        brand as product_id,
        store as location_id,
        date '1989-09-14' + 7 * (cast(week as integer) - 1) as starts_on,
        price_per_ounce * case brand when '2' then 96 when '6' then 96 when '11' then 128 else 64 end as price,
        date '1989-09-14' + 7 * (cast(week as integer) - 1) + 6 as ends_on,
    from prices
)

select * from final
