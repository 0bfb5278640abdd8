-- purpose: everybody known as a customer, from the customer list or from what they did, numbered by customer_id
-- grain: one row per customer
-- key: customer_id
-- inputs: stg_customers, stg_orders, stg_payments, stg_contacts
-- units: none
-- checks: not_null(customer_idx)
with
given as (
    select customer_id, name, segment, owner, region, since, contract_ends_on, attributes, true as is_listed
    from stg_customers
),

seen as (
    select customer_id from given
    union
    select customer_id from stg_orders where customer_id is not null
    union
    select customer_id from stg_payments
    union
    select customer_id from stg_contacts
),

final as (
    select
        (row_number() over (order by seen.customer_id) - 1)::integer as customer_idx,
        seen.customer_id,
        coalesce(given.name, seen.customer_id) as name,
        coalesce(given.segment, '(none)') as segment,
        given.owner,
        given.region,
        given.since,
        given.contract_ends_on,
        given.attributes,
        coalesce(given.is_listed, false) as is_listed,
    from seen
    left join given using (customer_id)
)

select * from final
