-- purpose: the wholesaler's merchandise, each with its most frequent description
-- grain: one row per stock code
-- key: product_id
-- inputs: invoices
-- units: none
-- checks: none
with
described as (
    select upper(trim(StockCode)) as code, trim(Description) as description, count(*) as lines
    from invoices
    where Price > 0 and StockCode is not null
        and regexp_matches(upper(trim(StockCode)), '^([0-9]{5}[A-Z]{0,2}|DCGS[0-9A-Z]+|PADS|SP[0-9]+)$')
    group by all
),

final as (
    select code as product_id, coalesce(description, code) as name
    from described
    qualify row_number() over (partition by code order by lines desc, description) = 1
)

select * from final
