-- purpose: stretches of days on which suppliers take no orders
-- grain: one row per supplier (empty: all of them) and first day
-- key: supplier_id, starts_on
-- inputs: raw_supplier_closures
-- units: days
-- checks: not_null(starts_on); holds(ends_on >= starts_on)
with
final as (
    select coalesce(supplier_id, '') as supplier_id, starts_on, max(ends_on) as ends_on,
    from raw_supplier_closures
    group by all
)

select * from final
