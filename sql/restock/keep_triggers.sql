-- purpose: today's triggers with all that publishing them needs, so that they are carried on without anything upstream
create or replace table out_work_trigger as
select
    p.product_id, p.location_id, t.kind, t.action, t.reason_code,
    p.product_name, p.location_name, p.region,
    case
        when t.action <> 'order' then ''
        when w.location_id is not null then w.location_id
        else coalesce(p.supplier_id, '')
    end as source_id,
    case
        when t.action <> 'order' then 'none'
        when w.location_id is not null then 'warehouse'
        when p.supplier_id is not null then 'supplier'
        else 'unknown'
    end as source_kind,
    t.quantity,
    getvariable('as_of') + t.order_by_day as order_by,
    t.is_due_now,
    if(t.action = 'order', getvariable('as_of') + o.wait_days, null) as order_on,
    if(t.action = 'order', getvariable('as_of') + o.wait_days + o.lead_time_days, null) as due_on,
    if(t.action = 'order', t.quantity * p.unit_cost, null) as goods_cost,
    if(t.action = 'order', t.quantity * p.volume_m3, null) as volume_m3,
    if(t.action = 'order', t.quantity * p.weight_kg, null) as weight_kg,
    if(t.action = 'order', t.quantity / p.units_per_pallet, null) as pallets,
    t.value_at_stake, t.probability,
    t.reason, t.reason_zh, t.arithmetic, t.arithmetic_zh,
    o.priority,
from out_trigger as t
join int_restock_pair as p using (pair_idx)
join out_restock as o using (pair_idx)
left join int_locations as w on w.location_idx = p.warehouse_idx
