-- purpose: work orders: what to order, how much, by when, and what it is worth; also what needs no order, and why
-- grain: one row per product and location that sells it, keeps it or serves others with it
-- key: product_id, location_id
-- inputs: out_restock, int_restock_pair
-- units: order_on is the supplier's next order day; quantities in units; money in the config's currency; days_of_cover is empty where no demand is forecast;
--   value_at_stake and cost are empty where prices or costs are not known
-- checks: not_null(order_quantity); not_null(reason_code); holds(order_quantity >= 0);
--   holds(stockout_probability between 0 and 1); holds(order_quantity = 0 or due_on >= getvariable('as_of'))
with
plans as (
    select * from out_restock
),

pairs as (
    select * from int_restock_pair
),

final as (
    select
        product_id, location_id,
        p.product_name, p.location_name, p.category, p.region,
        getvariable('as_of') + o.order_by_day as order_by,
        o.order_quantity,
        'units' as unit,
        if(o.order_quantity > 0, getvariable('as_of') + o.wait_days, null) as order_on,
        if(o.order_quantity > 0, getvariable('as_of') + o.wait_days + o.lead_time_days, null) as due_on,
        round(o.days_of_cover, 1) as days_of_cover,
        round(o.stockout_probability, 4) as stockout_probability,
        round(o.order_quantity * p.unit_cost + if(o.order_quantity > 0, coalesce(p.order_cost, 0), 0), 2) as cost,
        round(o.value_at_stake, 2) as value_at_stake,
        o.reason_code, o.reason, o.reason_zh,
        o.priority,
        round(p.on_hand, 3) as on_hand,
        p.counted_on,
        round(o.inbound_quantity, 3) as inbound_quantity,
        round(o.order_up_to, 3) as order_up_to,
        round(o.demand_mean, 3) as demand_mean,
        getvariable('as_of') as demand_from,
        getvariable('as_of') + o.window_days as demand_until,
        round(o.demand_30_days, 3) as demand_30_days,
        round(p.sold_30_days, 3) as sold_30_days,
        round(o.target_probability, 4) as target_probability,
        o.target_method,
        round(o.stockout_probability_after, 4) as stockout_probability_after,
        round(o.units_saved, 3) as units_saved,
        round(o.units_missed_before, 3) as units_missed_before_delivery,
        o.lead_time_days, o.review_period_days,
        p.pack_size, p.min_order_quantity, p.supplier_id, p.is_warehouse,
        o.is_surge,
        nullif(o.limited_by, '') as limited_by,
        o.moved_quantity as transfer_quantity,
        nullif(o.safety_stock_at, '') as safety_stock_at,
        nullif(o.data_issues, '') as data_issues,
    from plans as o
    join pairs as p using (pair_idx)
    order by o.priority
)

select * from final
