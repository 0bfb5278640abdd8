-- purpose: customers who are named on an invoice, in the country of most of their lines
-- grain: one row per customer
-- key: customer_id
-- inputs: invoices
-- units: none
-- checks: none
with
countries as (
    select CustomerID, Country, count(*) as lines
    from invoices
    where CustomerID is not null
    group by all
),

first_invoices as (
    select CustomerID, cast(min(InvoiceDate) as date) as since
    from invoices
    where CustomerID is not null
    group by all
),

main_country as (
    select CustomerID, Country
    from countries
    qualify row_number() over (partition by CustomerID order by lines desc, Country) = 1
),

final as (
    select
        cast(CustomerID as varchar) as customer_id,
        Country as region,
        since,
    from main_country
    join first_invoices using (CustomerID)
)

select * from final
