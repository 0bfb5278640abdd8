-- purpose: the one product of Rossmann: the turnover of a store
-- grain: one row
-- key: product_id
-- inputs: store
-- units: one unit is one euro
-- checks: none
with
final as (
    select distinct
        'turnover' as product_id,
        'Turnover' as name,
        'turnover' as category,
    from store
)

select * from final
