-- purpose: contacts with customers before as_of
-- grain: one row per contact
-- key: contact_id
-- inputs: raw_contacts
-- units: score as given
-- checks: none
with
final as (
    select contact_id, customer_id, "at", kind, score
    from raw_contacts
    where "at" < getvariable('as_of')
    qualify row_number() over (partition by contact_id order by "at" desc, kind, score desc nulls last) = 1
)

select * from final
