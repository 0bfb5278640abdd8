-- purpose: invoices sent before as_of; a payment on or after it is not known yet
-- grain: one row per invoice
-- key: invoice_id
-- inputs: raw_payments
-- units: amount in the config's currency
-- checks: not_null(amount)
with
final as (
    select
        invoice_id, customer_id, invoiced_on, due_on,
        case when paid_on < getvariable('as_of') then paid_on end as paid_on,
        amount,
    from raw_payments
    where invoiced_on < getvariable('as_of')
    qualify row_number() over (partition by invoice_id order by due_on desc, paid_on desc nulls last, amount desc) = 1
)

select * from final
