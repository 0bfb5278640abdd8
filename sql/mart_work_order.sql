-- purpose: what is to be done, by whom it is ordered and when: each trigger opened once, then updated, then closed
-- grain: one row per product, location and kind of trigger that is open, or was closed this morning
-- key: source_id, act_on, work_order_id
-- inputs: out_work_trigger, out_previous_work_order, out_work_ordered
-- units: quantity in units; money in the config's currency; act_on is the order date, and of anything else the day of its
--   last change; source_id is empty for what is not an order
-- checks: not_null(opened_on); not_null(reason); holds(opened_on <= updated_on); holds(updated_on <= getvariable('as_of'));
--   holds(version >= 1); holds(status in ('open', 'updated', 'closed')); holds(probability between 0 and 1)
with
previous as (
    select * from out_previous_work_order
),

-- an order that should have been placed keeps the day by which it should have been
today as (
    select
        t.*,
        case when p.order_by is not null and t.is_due_now then least(p.order_by, t.order_by) else t.order_by end
            as kept_order_by,
    from out_work_trigger as t
    left join previous as p using (product_id, location_id, kind)
),

described as (
    select
        *,
        -- of what is not ordered only twice or half as many units are news
        md5(concat_ws(
            '|', action, source_id, reason_code,
            if(action = 'order', quantity, floor(log2(greatest(quantity, 1)))),
            coalesce(kept_order_by::varchar, '')
        )) as new_content,
    from today
),

still_open as (
    select
        d.product_id, d.location_id, d.product_name, d.location_name, d.region, d.kind, d.action,
        d.source_id, d.source_kind,
        coalesce(p.opened_on, getvariable('as_of'))::date as opened_on,
        if(p.content = d.new_content, p.updated_on, getvariable('as_of'))::date as updated_on,
        null::date as closed_on,
        (coalesce(p.version, 0) + if(p.content = d.new_content, 0, 1))::integer as version,
        d.new_content as content,
        d.quantity, d.kept_order_by as order_by, d.order_on, d.due_on,
        d.goods_cost, d.volume_m3, d.weight_kg, d.pallets,
        d.value_at_stake, d.probability, d.reason_code, d.reason, d.reason_zh, d.arithmetic, d.arithmetic_zh, d.priority,
    from described as d
    left join previous as p using (product_id, location_id, kind)
),

ended as (
    select
        p.*,
        o.product_name, o.location_name, o.region,
        case
            when p.action = 'order' and o.ordered_on >= p.opened_on then 'ORDERED'
            when p.action = 'order' and exists (
                from out_work_trigger as t
                where t.product_id = p.product_id and t.location_id = p.location_id and t.action = 'order'
            ) then 'REPLACED'
            else 'NO_LONGER_HOLDS'
        end as closed_code,
    from previous as p
    anti join out_work_trigger as t using (product_id, location_id, kind)
    left join out_work_ordered as o using (product_id, location_id)
),

closed as (
    select
        product_id, location_id,
        coalesce(product_name, product_id) as product_name,
        coalesce(location_name, location_id) as location_name,
        coalesce(region, '(none)') as region,
        kind, action, source_id, source_kind,
        opened_on, getvariable('as_of')::date as updated_on, getvariable('as_of')::date as closed_on,
        version + 1 as version, content,
        quantity, order_by, null::date as order_on, null::date as due_on,
        null::double as goods_cost, null::double as volume_m3, null::double as weight_kg, null::double as pallets,
        value_at_stake, probability,
        closed_code as reason_code,
        case closed_code
            when 'ORDERED' then 'Closed: it was ordered since.'
            when 'REPLACED' then 'Closed: another order for the same product and location takes its place.'
            else 'Closed: what it was raised for no longer holds.'
        end as reason,
        case closed_code
            when 'ORDERED' then '已关闭：已下单。'
            when 'REPLACED' then '已关闭：由同一产品和地点的另一工单取代。'
            else '已关闭：触发原因已不存在。'
        end as reason_zh,
        '' as arithmetic, '' as arithmetic_zh,
        null::integer as priority,
    from ended
),

final as (
    select
        kind || ':' || product_id || '@' || location_id || ':' || opened_on::varchar as work_order_id,
        case when closed_on is not null then 'closed' when version > 1 then 'updated' else 'open' end as status,
        kind, action,
        source_id, source_kind,
        case when action = 'order' and closed_on is null then source_id || '@' || order_on::varchar end as supplier_order_id,
        coalesce(order_on, updated_on) as act_on,
        product_id, location_id, product_name, location_name, region,
        quantity, 'units' as unit,
        order_on, order_by, due_on,
        order_by < getvariable('as_of') as is_overdue,
        opened_on, updated_on, closed_on, version,
        round(goods_cost, 2) as goods_cost,
        round(volume_m3, 4) as volume_m3, round(weight_kg, 3) as weight_kg, round(pallets, 3) as pallets,
        round(value_at_stake, 2) as value_at_stake,
        round(probability, 4) as probability,
        reason_code, reason, reason_zh, arithmetic, arithmetic_zh,
        priority, content,
    from (from still_open union all by name from closed)
    order by source_id, act_on, work_order_id
)

select * from final
