-- purpose: days on which each input has rows, for the alert on stale inputs
-- grain: one row per input table and day
-- key: table_name, ds
-- inputs: stg_sales, raw_stock, stg_orders, stg_payments, stg_contacts, stg_funnel
-- units: none
-- checks: none
with
days as (
    -- a week is known by its last day
    select 'sales' as table_name, date + (getvariable('period_days')::integer - 1) as ds from stg_sales
    union all
    -- staging keeps the latest count only; how often stock is counted is seen in all of them
    select 'stock', as_of from raw_stock where as_of <= getvariable('as_of')
    union all
    select 'orders', ordered_at::date from stg_orders
    union all
    select 'payments', invoiced_on from stg_payments
    union all
    select 'contacts', "at"::date from stg_contacts
    union all
    select 'funnel', date from stg_funnel
),

final as (
    select table_name, ds from days group by table_name, ds
)

select * from final
