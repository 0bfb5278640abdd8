-- purpose: everything known of a customer in one row: recency, frequency, money, tier, health and what is expected
-- grain: one row per customer
-- key: customer_id
-- inputs: int_customers, out_customer_risk
-- units: money in the config's currency; health and its parts from 0 (bad) to 100; days
-- checks: holds(health is null or health between 0 and 100)
with
risks as (
    select * from out_customer_risk
),

-- 5 is the best fifth: bought latest, most often, for most
scored as (
    select
        customer_idx,
        6 - ntile(5) over (order by recency_days, customer_idx) as r,
        ntile(5) over (order by frequency, customer_idx) as f,
        ntile(5) over (order by total_value, customer_idx) as m,
    from risks
    where recency_days is not null
),

final as (
    select
        customers.customer_id,
        customers.name,
        customers.segment,
        customers.region,
        coalesce(customers.owner, '(none)') as owner,
        scored.r::varchar || scored.f::varchar || scored.m::varchar as rfm,
        coalesce(risks.tier, 'others') as tier,
        -- parts that are not known leave their weight to the others
        round(
            (0.4 * coalesce(risks.health_rhythm, 0) + 0.25 * coalesce(risks.health_spend, 0)
                + 0.2 * coalesce(risks.health_payment, 0) + 0.15 * coalesce(risks.health_contact, 0))
            / nullif(
                0.4 * (risks.health_rhythm is not null)::integer + 0.25 * (risks.health_spend is not null)::integer
                + 0.2 * (risks.health_payment is not null)::integer + 0.15 * (risks.health_contact is not null)::integer,
                0
            ),
            1
        ) as health,
        risks.health_rhythm,
        risks.health_spend,
        risks.health_payment,
        risks.health_contact,
        risks.p_alive,
        risks.expected_orders,
        risks.expected_orders_year,
        round(risks.lifetime_value, 2) as lifetime_value,
        round(risks.value_per_order, 2) as value_per_order,
        round(risks.year_value, 2) as year_value,
        round(risks.total_value, 2) as total_value,
        risks.recency_days,
        risks.frequency,
        risks.age_days,
        risks.last_order_on,
        risks.status,
        customers.since,
        customers.contract_ends_on,
    from int_customers as customers
    left join risks using (customer_idx)
    left join scored using (customer_idx)
)

select * from final
