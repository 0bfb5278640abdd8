-- purpose: distribution of each numeric input in windows of 28 days over a year, in the tenths of its earlier windows
-- grain: one row per input column, window (0 is the latest) and bin (-1 holds the unknown)
-- key: subject, window_idx, bin
-- inputs: stg_sales, stg_orders, stg_payments, stg_contacts, stg_funnel
-- units: rows
-- checks: holds(n > 0)
with
samples as (
    select 'sales.quantity' as subject, date as ds, quantity as value from stg_sales
    union all
    select 'sales.unit_price', date, unit_price from stg_sales
    union all
    select 'orders.quantity', ordered_at::date, quantity from stg_orders
    union all
    select 'orders.unit_price', ordered_at::date, unit_price from stg_orders
    union all
    select 'payments.amount', invoiced_on, amount from stg_payments
    union all
    select 'contacts.score', "at"::date, score from stg_contacts
    union all
    select 'funnel.visitors', date, visitors from stg_funnel
),

windowed as (
    select subject, value, ((getvariable('as_of') - 1 - ds) // 28)::integer as window_idx
    from samples
    where ds >= getvariable('as_of') - 364
),

edges as (
    select subject, quantile_disc(value, [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]) as cuts
    from windowed
    where window_idx > 0 and value is not null
    group by subject
),

final as (
    select
        subject,
        window_idx,
        case
            when value is null then -1
            else (value > cuts[1])::integer + (value > cuts[2])::integer + (value > cuts[3])::integer
                + (value > cuts[4])::integer + (value > cuts[5])::integer + (value > cuts[6])::integer
                + (value > cuts[7])::integer + (value > cuts[8])::integer + (value > cuts[9])::integer
        end as bin,
        count(*)::double as n,
    from windowed
    join edges using (subject)
    group by all
)

select * from final
