-- purpose: units sold per day of the UK gift wholesaler, without what the same customer cancelled on the same day
-- grain: one row per day and product
-- key: date, product_id, location_id
-- inputs: invoices
-- units: quantity in units; unit_price and revenue in pounds
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
    select *
    from coded
    where regexp_matches(code, '^([0-9]{5}[A-Z]{0,2}|DCGS[0-9A-Z]+|PADS|SP[0-9]+)$') and Price > 0
),

-- A customer's order for 80,995 units, cancelled twelve minutes later, was never demand. Later returns are in orders.
customer_days as (
    select
        cast(InvoiceDate as date) as date,
        code,
        coalesce(cast(CustomerID as varchar), Invoice) as buyer,
        sum(Quantity) filter (Quantity > 0) as bought,
        sum(Quantity * Price) filter (Quantity > 0) as paid,
        greatest(sum(Quantity), 0) as kept,
    from merchandise
    group by all
    having sum(Quantity) filter (Quantity > 0) > 0
),

final as (
    select
        date,
        code as product_id,
        'online' as location_id,
        cast(sum(kept) as double) as quantity,
        sum(paid * kept / bought) as revenue,
        sum(paid * kept / bought) / sum(kept) as unit_price,
    from customer_days
    group by all
    having sum(kept) > 0
)

select * from final
