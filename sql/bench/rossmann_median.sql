-- purpose: the median of store x weekday x promotion as a forecast, at the same cutoffs as the backtest
with
days as (
    select
        Store::integer as store, Date::date as ds, Sales::double as sales, Promo::integer as promo,
        isodow(Date::date) as weekday,
    from read_csv(${file}, all_varchar = true)
    where Open = '1' and Sales::double > 0
),

cutoffs as (
    select (date ${as_of} - (k * ${horizon})::integer)::date as cutoff from range(1, ${cutoffs} + 1) as t(k)
),

medians as (
    select c.cutoff, d.store, d.weekday, d.promo, median(d.sales) as forecast
    from cutoffs as c
    join days as d on d.ds < c.cutoff
    group by all
),

final as (
    select
        1 - sum(abs(d.sales - m.forecast)) / sum(d.sales) as accuracy,
        sqrt(avg(((d.sales - m.forecast) / d.sales) ** 2)) as rmspe,
    from medians as m
    join days as d on d.store = m.store and d.weekday = m.weekday and d.promo = m.promo
        and d.ds >= m.cutoff and d.ds < m.cutoff + ${horizon}
)

select * from final
