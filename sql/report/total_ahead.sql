-- purpose: what is expected in all, beside as many periods before
with
ahead as (
    select sum(mean) as ahead, count(*)::integer as periods
    from mart_forecast
    where level = 'total' and is_champion
),

before as (
    select sum(quantity) as before
    from mart_sales_history
    where level = 'total'
        and ds >= (select max(ds) from mart_sales_history)
            - ((select periods from ahead) - 1) * (
                select (max(ds) - min(ds)) // nullif(count(distinct ds) - 1, 0) from mart_sales_history where level = 'total'
            )
)

select ahead, before, periods::double as periods from ahead cross join before
