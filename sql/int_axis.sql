-- purpose: the time axis of the panel: periods counted back from as_of so that every one is complete
-- grain: one row
-- key: none
-- inputs: int_sales_known
-- units: periods of period_days days
-- checks: holds(periods >= 0)
with
first_sale as (
    select coalesce(min(date), getvariable('as_of')) as first_on from int_sales_known
),

final as (
    select
        getvariable('period_days')::integer as period_days,
        getvariable('horizon')::integer as horizon,
        ceil((getvariable('as_of') - first_on) / getvariable('period_days'))::integer as periods,
        getvariable('as_of') - (periods * period_days)::integer as start_on,
    from first_sale
)

select * from final
