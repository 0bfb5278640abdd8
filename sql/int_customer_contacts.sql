-- purpose: contacts with each customer
-- grain: one row per contact
-- key: contact_id
-- inputs: stg_contacts, int_customers
-- units: score as given
-- checks: not_null(customer_idx)
with
final as (
    select customer_idx, contact_id, "at"::date as contacted_on, kind, score
    from stg_contacts
    join int_customers using (customer_id)
)

select * from final
