-- purpose: order lines that no customer can be named for; they are left out of customer risk
-- grain: one row
-- key: none
-- inputs: stg_orders
-- units: order lines
-- checks: none
with
final as (
    select count(*)::integer as lines from stg_orders where customer_id is null
)

select * from final
