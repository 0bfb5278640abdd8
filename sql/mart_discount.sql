-- purpose: markdowns worth making, most money first
-- grain: one row per product and location with a markdown
-- key: product_id, location_id
-- inputs: out_discount, int_series, int_products, int_locations
-- units: discount_pct in per cent of the regular price; units as sold; money in the config's currency; lo and hi bound
--   expected_margin
-- checks: not_null(discount_pct); holds(discount_pct > 0); holds(ends_on >= starts_on);
--   holds(lo <= expected_margin + 0.01 and expected_margin <= hi + 0.01)
with
advice as (
    select * from out_discount
),

worded as (
    select
        *,
        reason_code like 'DEFAULT%' as is_default,
        reason_code like '%SHELF_LIFE' as is_shelf_life,
        case
            when days_of_cover is null then 'No sale is expected for the stock'
            else printf('Stock lasts %.0f days', days_of_cover)
        end as lasts,
        case
            when days_of_cover is null then '库存预计没有销售'
            else printf('库存可售 %.0f 天', days_of_cover)
        end as lasts_zh,
    from advice
),

final as (
    select
        s.product_id, s.location_id, p.name as product_name, l.name as location_name,
        a.discount_pct, a.starts_on, a.ends_on,
        round(a.expected_units, 2) as expected_units,
        round(a.expected_margin, 2) as expected_margin,
        round(a.lo, 2) as lo,
        round(a.hi, 2) as hi,
        round(a.stock_after, 2) as stock_after,
        a.guardrails,
        round(a.margin_without, 2) as margin_without,
        round(a.gain, 2) as gain,
        round(a.gain_lo, 2) as gain_lo,
        round(a.gain_hi, 2) as gain_hi,
        round(a.units_lo, 2) as units_lo,
        round(a.units_hi, 2) as units_hi,
        round(a.stock_after_lo, 2) as stock_after_lo,
        round(a.stock_after_hi, 2) as stock_after_hi,
        a.on_hand,
        round(a.days_of_cover, 1) as days_of_cover,
        a.limit_days,
        round(a.surplus_units, 2) as surplus_units,
        round(a.regular_price, 4) as regular_price,
        round(a.regular_price * (1 - a.discount_pct / 100), 2) as discounted_price,
        a.reason_code,
        a.lasts
            || printf(' (%s: %.0f days). ', case when a.is_shelf_life then 'shelf life' else 'limit' end, a.limit_days)
            || case
                when a.is_default
                    then printf('%.0f %% off as the default, because its price effect is not known well enough.', a.discount_pct)
                else printf(
                    '%.0f %% off sells about %.0f units and brings %s %.0f more than no discount.',
                    a.discount_pct, a.expected_units, a.currency, a.gain
                )
            end as reason,
        a.lasts_zh
            || printf('（%s %.0f 天）。', case when a.is_shelf_life then '保质期' else '上限' end, a.limit_days)
            || case
                when a.is_default then printf('价格影响尚不明确，按默认降价 %.0f%%。', a.discount_pct)
                else printf(
                    '降价 %.0f%% 约售出 %.0f 件，比不降价多得 %s %.0f。',
                    a.discount_pct, a.expected_units, a.currency, a.gain
                )
            end as reason_zh,
    from worded as a
    join int_series as s using (series_idx)
    join int_products as p using (product_id)
    join int_locations as l using (location_id)
    order by a.gain desc, s.product_id, s.location_id
)

select * from final
