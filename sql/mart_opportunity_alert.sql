-- purpose: open deals against the usual time of their stage; those with an alert need their owner
-- grain: one row per open deal
-- key: opportunity_id
-- inputs: out_deal_pace, int_deals, int_deal_stages, int_customers
-- units: days; amount in the config's currency; slower_share is the share of deals that stay longer
-- checks: holds(days_in_stage >= 0); not_null(alert); not_null(reason)
with
final as (
    select
        deals.opportunity_id,
        stages.stage,
        paces.days_in_stage,
        round(paces.expected_days, 1) as expected_days,
        paces.alert,
        paces.reason,
        paces.reason_zh,
        deals.amount,
        coalesce(deals.owner, customers.owner, '(none)') as owner,
        paces.action,
        paces.action_zh,
        deals.customer_id,
        customers.name as customer_name,
        deals.product_id,
        stages.entered_on,
        deals.last_activity_on,
        round(paces.limit_days, 1) as limit_days,
        paces.slower_share,
    from out_deal_pace as paces
    join int_deals as deals using (deal_idx)
    join int_deal_stages as stages on stages.deal_idx = deals.deal_idx and stages.is_current
    left join int_customers as customers using (customer_id)
)

select * from final
