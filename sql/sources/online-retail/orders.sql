-- purpose: invoice lines of the UK gift wholesaler that are sales or returns of merchandise
-- grain: one row per invoice line
-- key: order_id, line
-- inputs: invoices
-- units: quantity in units, negative for returns; unit_price in pounds
-- checks: none
with
-- The second sheet repeats the last nine days of the first, there with invoice numbers on returns: the first one counts.
without_overlap as (
    select *
    from invoices
    where sheet = '2009-2010'
        or InvoiceDate > (select max(InvoiceDate) from invoices where sheet = '2009-2010')
),

-- The second sheet lost some stock codes; where a description belongs to one code, that is the code.
codes as (
    select Description, min(upper(trim(StockCode))) as code
    from without_overlap
    where StockCode is not null and Description is not null
    group by Description
    having count(distinct upper(trim(StockCode))) = 1
),

coded as (
    select without_overlap.*, coalesce(upper(trim(StockCode)), codes.code) as code
    from without_overlap
    left join codes using (Description)
),

-- Postage, discounts, fees, vouchers and corrections are no merchandise; a line without a price is a stock correction or a gift.
merchandise as (
    select
        *,
        case
            when Invoice = 'C?' then 'C?-' || coalesce(cast(CustomerID as varchar), 'none') || '-'
                || strftime(InvoiceDate, '%Y%m%d%H%M')
            else Invoice
        end as order_id,
    from coded
    where regexp_matches(code, '^([0-9]{5}[A-Z]{0,2}|DCGS[0-9A-Z]+|PADS|SP[0-9]+)$') and Price > 0
),

final as (
    select
        order_id,
        cast(row_number() over (
            partition by order_id order by InvoiceDate, code, Quantity, Price, Description, StockCode
        ) as integer) as line,
        InvoiceDate as ordered_at,
        cast(CustomerID as varchar) as customer_id,
        code as product_id,
        'online' as location_id,
        cast(Quantity as double) as quantity,
        Price as unit_price,
    from merchandise
)

select * from final
