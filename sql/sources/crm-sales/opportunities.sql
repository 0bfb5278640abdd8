-- purpose: deals through Prospecting, Engaging and Won or Lost; the file has one row per deal in its last stage
-- grain: one row per deal and stage entered
-- key: opportunity_id, stage
-- inputs: pipeline, products
-- units: amount in dollars: the list price while the deal is open, the closing value after
-- checks: none
with
deals as (
    select
        opportunity_id,
        nullif(trim(account), '') as customer_id,
        sales_agent as owner,
        case product when 'GTXPro' then 'GTX Pro' else product end as product_id,
        deal_stage,
        cast(strptime(nullif(engage_date, ''), '%m/%d/%Y') as date) as engaged_on,
        cast(strptime(nullif(close_date, ''), '%m/%d/%Y') as date) as closed_on,
        cast(nullif(close_value, '') as double) as close_value,
    from pipeline
),

priced as (
    select deals.*, cast(products.sales_price as double) as list_price
    from deals
    left join products on products.product = deals.product_id
),

-- Deals still in Prospecting have no date. They are first seen on the last day of the file: before it nobody can tell.
last_day as (
    select greatest(max(engaged_on), max(closed_on)) as seen_on from deals
),

prospecting as (
    select
        opportunity_id,
        'Prospecting' as stage,
        customer_id, owner, product_id,
        seen_on as entered_on,
        cast(null as date) as left_on,
        list_price as amount,
        cast(null as varchar) as outcome,
    from priced
    cross join last_day
    where deal_stage = 'Prospecting'
),

engaging as (
    select
        opportunity_id,
        'Engaging' as stage,
        customer_id, owner, product_id,
        engaged_on as entered_on,
        closed_on as left_on,
        list_price as amount,
        case deal_stage when 'Won' then 'won' when 'Lost' then 'lost' end as outcome,
    from priced
    where deal_stage <> 'Prospecting'
),

closed as (
    select
        opportunity_id,
        deal_stage as stage,
        customer_id, owner, product_id,
        closed_on as entered_on,
        closed_on as left_on,
        close_value as amount,
        lower(deal_stage) as outcome,
    from priced
    where deal_stage in ('Won', 'Lost')
),

final as (
    select * from prospecting
    union all
    select * from engaging
    union all
    select * from closed
)

select * from final
