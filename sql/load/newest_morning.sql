-- purpose: the morning after the newest dated record, the day to decide for when none is given
create or replace temp table newest_morning as
with
days as (
    select max(date) + getvariable('period_days')::integer as morning from raw_sales
    union all
    select max(ordered_at)::date + 1 from raw_orders
    union all
    select max(greatest(entered_on, coalesce(left_on, entered_on))) + 1 from raw_opportunities
    union all
    select max(invoiced_on) + 1 from raw_payments
    union all
    select max(date) + 1 from raw_funnel
),

sales_first as (
    select coalesce((select max(date) + getvariable('period_days')::integer from raw_sales), max(morning)) as morning
    from days
)

select morning as newest_morning from sales_first
