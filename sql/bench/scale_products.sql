-- purpose: products of the simulated chain of the benchmark of scale: three categories, seven departments
copy (
    select
        'P' || lpad(p::varchar, 5, '0') as product_id,
        'C' || (p % 7 % 3)::varchar as category,
        'D' || (p % 7)::varchar as department,
    from range((${series} + 9) // 10) as products(p)
) to ${file} (format parquet)
