-- purpose: open work orders of the last snapshot before this morning; an empty table where there is none
create or replace table out_previous_work_order as
select
    product_id, location_id, kind, action, source_id, source_kind, opened_on, updated_on, version, content,
    quantity, order_by, value_at_stake, probability, reason_code,
from ${relation}
where status <> 'closed'
