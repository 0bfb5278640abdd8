-- purpose: orders as they go out: the open order lines of a supplier, or of a warehouse of one's own, for one date
-- grain: one row per supplier or warehouse, and order date
-- key: supplier_order_id
-- inputs: mart_work_order
-- units: quantity in units; money in the config's currency; sums of cost, volume, weight and pallets over the lines for
--   which they are known
-- checks: holds(lines > 0); holds(quantity > 0)
with
lines as (
    select * from mart_work_order where supplier_order_id is not null
),

final as (
    select
        supplier_order_id,
        source_id, source_kind,
        order_on,
        count(*)::integer as lines,
        count(distinct location_id)::integer as locations,
        (count(*) filter (where is_overdue))::integer as overdue_lines,
        sum(quantity) as quantity,
        round(sum(goods_cost), 2) as goods_cost,
        (count(*) filter (where goods_cost is null))::integer as lines_without_cost,
        round(sum(volume_m3), 4) as volume_m3,
        round(sum(weight_kg), 3) as weight_kg,
        round(sum(pallets), 3) as pallets,
        min(order_by) as order_by,
        min(due_on) as first_due_on,
        max(due_on) as last_due_on,
        round(sum(value_at_stake), 2) as value_at_stake,
        min(priority) as priority,
    from lines
    group by supplier_order_id, source_id, source_kind, order_on
    order by supplier_order_id
)

select * from final
