-- purpose: sales as given, or derived from orders where no sales are given
-- grain: one row per date, product and location
-- key: date, product_id, location_id
-- inputs: stg_sales, stg_orders
-- units: quantity in units, prices in the config's currency
-- checks: holds(quantity >= 0)
with
from_orders as (
    select
        ordered_at::date as date,
        product_id,
        coalesce(location_id, '(all)') as location_id,
        sum(quantity) as quantity,
        sum(quantity * unit_price) as revenue,
        sum(quantity * unit_price) / sum(quantity) as unit_price,
        null::double as list_price,
        null::boolean as on_promotion,
        null::boolean as in_stock,
    from stg_orders
    where quantity > 0 and not exists (from raw_sales)
    group by all
),

final as (
    from stg_sales
    union all by name
    from from_orders
)

select * from final
