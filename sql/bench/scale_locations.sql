-- purpose: stores of the simulated chain of the benchmark of scale: ten in three regions
copy (
    select 'S' || l::varchar as location_id, 'store' as kind, 'R' || (l % 3)::varchar as region,
    from range(least(10, ${series})) as stores(l)
) to ${file} (format parquet)
