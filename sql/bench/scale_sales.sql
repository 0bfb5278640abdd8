-- purpose: sales of a simulated chain for the benchmark of scale: counts with a level, a week and a year, days without sales left out
copy (
    with
    cells as (
        select i % ${series} as s, i // ${series} as t
        from range(${series}::bigint * ${days}) as cells(i)
    ),

    means as (
        select
            s, t,
            -- levels from 0.1 to 30 a day, half of them below 1
            exp(-2.3 + 5.7 * power((hash(s) % 10000) / 10000.0, 2))
                * (1 + 0.35 * sin(2 * pi() * (t + hash(s // 10) % 3) / 7))
                * (1 + 0.25 * sin(2 * pi() * (t + hash(s // 10 + 7) % 365) / 365.25)) as mean,
            ((hash(s * 100003 + t) % 1000000) + 0.5) / 1000000 as luck,
        from cells
    ),

    final as (
        select
            date '2011-01-29' + t::integer as date,
            'P' || lpad((s // 10)::varchar, 5, '0') as product_id,
            'S' || (s % 10)::varchar as location_id,
            -- geometric counts
            floor(ln(luck) / ln(mean / (1 + mean)))::double as quantity,
        from means
    )

    select * from final
    where quantity > 0 or date = date '2011-01-29'
) to ${file} (format parquet)
