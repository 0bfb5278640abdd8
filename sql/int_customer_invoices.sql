-- purpose: invoices of each customer
-- grain: one row per invoice
-- key: invoice_id
-- inputs: stg_payments, int_customers
-- units: amount in the config's currency
-- checks: not_null(customer_idx)
with
final as (
    select customer_idx, invoice_id, invoiced_on, due_on, paid_on, amount
    from stg_payments
    join int_customers using (customer_id)
)

select * from final
