-- purpose: turnover of Rossmann stores per day; a closed day is a row of zero beside its closure in the calendar
-- grain: one row per day and store
-- key: date, product_id, location_id
-- inputs: train
-- units: quantity and revenue in euros: turnover is the one product
-- checks: none
with
final as (
    select
        cast(Date as date) as date,
        'turnover' as product_id,
        Store as location_id,
        cast(Sales as double) as quantity,
        cast(Sales as double) as revenue,
        Promo = '1' as on_promotion,
    from train
)

select * from final
