-- purpose: the cohort of the first quarter of 1997; the segment tells who is in the published 1/10 sample
-- grain: one row per customer
-- key: customer_id
-- inputs: master, sample
-- units: none
-- checks: none
with
purchases as (
    select regexp_extract_all(line, '\S+') as fields from master
),

sampled as (
    select distinct regexp_extract(line, '[0-9]+') as customer_id from sample
),

cohort as (
    select fields[1] as customer_id, cast(strptime(min(fields[2]), '%Y%m%d') as date) as since
    from purchases
    where regexp_matches(fields[1], '^[0-9]+$')
    group by fields[1]
),

final as (
    select
        cohort.customer_id,
        case when sampled.customer_id is null then 'rest' else 'sample' end as segment,
        cohort.since,
    from cohort
    left join sampled using (customer_id)
)

select * from final
