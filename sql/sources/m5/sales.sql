-- purpose: M5 store x department series, one column per day in the file, as sales per day
-- grain: one row per day, department and store
-- key: date, product_id, location_id
-- inputs: sales_store_dept, calendar
-- units: quantity in units
-- checks: none
with
cells as (
    select store_id, dept_id, d, quantity
    from (unpivot sales_store_dept on columns('^d_[0-9]+$') into name d value quantity)
),

days as (
    select d, cast(date as date) as date from calendar
),

final as (
    select
        days.date,
        cells.dept_id as product_id,
        cells.store_id as location_id,
        cast(cells.quantity as double) as quantity,
    from cells
    join days using (d)
)

select * from final
