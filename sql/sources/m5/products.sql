-- purpose: M5 departments as products; FOODS_1 belongs to the category FOODS
-- grain: one row per department
-- key: product_id
-- inputs: sales_store_dept
-- units: none
-- checks: none
with
final as (
    select distinct
        dept_id as product_id,
        dept_id as name,
        regexp_replace(dept_id, '_[0-9]+$', '') as category,
    from sales_store_dept
)

select * from final
