-- purpose: no work orders, where nothing was published before this morning
create or replace table out_previous_work_order (
    product_id varchar, location_id varchar, kind varchar, action varchar, source_id varchar, source_kind varchar,
    opened_on date, updated_on date, version integer, content varchar,
    quantity double, order_by date, value_at_stake double, probability double, reason_code varchar
)
