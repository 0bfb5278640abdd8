-- purpose: Rossmann stores; the files name no region; type, assortment, Promo2 and competition are free attributes
-- grain: one row per store
-- key: location_id
-- inputs: store
-- units: none
-- checks: none
with
final as (
    select
        Store as location_id,
        'Store ' || Store || ' (type ' || StoreType || ', '
            || case Assortment when 'a' then 'basic' when 'b' then 'extra' when 'c' then 'extended' else Assortment end
            || ' assortment)' as name,
        'store' as kind,
        StoreType as store_type,
        Assortment as assortment,
        -- only what was so when the data begin: in a backtest nothing later is known
        case when coalesce(try_cast(CompetitionOpenSinceYear as integer), 0) < 2013 then CompetitionDistance end as competition_metres,
        case when try_cast(Promo2SinceYear as integer) < 2013 then nullif(PromoInterval, '') end as promo2_months,
    from store
)

select * from final
