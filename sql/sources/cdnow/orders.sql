-- purpose: CDNOW purchases; a customer's purchases of one day are the lines of one order
-- grain: one row per purchase
-- key: order_id, line
-- inputs: master
-- units: quantity in CDs, unit_price in dollars per CD
-- checks: none
with
lines as (
    select regexp_extract_all(line, '\S+') as fields from master
),

-- the first line names the columns
purchases as (
    select
        fields[1] as customer_id,
        strptime(fields[2], '%Y%m%d') as ordered_at,
        cast(fields[3] as double) as cds,
        cast(fields[4] as double) as dollars,
    from lines
    where regexp_matches(fields[1], '^[0-9]+$')
),

final as (
    select
        customer_id || '-' || strftime(ordered_at, '%Y%m%d') as order_id,
        cast(row_number() over (partition by customer_id, ordered_at order by cds, dollars) as integer) as line,
        ordered_at, customer_id,
        'CD' as product_id,
        'online' as location_id,
        cds as quantity,
        dollars / cds as unit_price,
    from purchases
)

select * from final
