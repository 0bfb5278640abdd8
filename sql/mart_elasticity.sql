-- purpose: how demand answers to price: own-price elasticities with advice or the reason against it, and cross effects
-- grain: one row per product, and one per product and other product whose price moves its demand
-- key: product_id, cross_product_id
-- inputs: out_elasticity, int_products
-- units: elasticity in per cent of demand per per cent of price; prices in the config's currency; cross_product_id is
--   empty for the product's own price; promotion_lift multiplies demand beyond the price cut
-- checks: not_null(product_id); not_null(method); holds(lo is null or (lo <= elasticity and elasticity <= hi));
--   holds(not advice_allowed or hi < 0)
with
estimates as (
    select * from out_elasticity
),

products as (
    select * from int_products
),

final as (
    select
        p.product_id,
        c.product_id as cross_product_id,
        p.category,
        e.elasticity, e.lo, e.hi,
        round(e.price_min, 4) as price_min,
        round(e.price_max, 4) as price_max,
        e.n,
        e.method,
        e.reason_code = 'OK' as advice_allowed,
        e.reason_code,
        case e.reason_code
            when 'OK' then printf('1 %% off the price sells %.1f %% more (likely %.1f to %.1f).', -e.elasticity, -e.hi, -e.lo)
            when 'TOO_FEW_ROWS' then 'Too few sales records with a price to learn from.'
            when 'PRICE_HARDLY_MOVED' then 'The price hardly moved apart from promotions and season, so its effect cannot be told.'
            when 'WRONG_SIGN' then 'Sales do not fall when the price rises; something else must have moved with it.'
            when 'INTERVAL_TOO_WIDE' then 'The effect of the price is too unsure to act on.'
            when 'NOT_CLEARLY_NEGATIVE' then 'It is not sure that a lower price sells more.'
            when 'HOLDOUT_WORSE' then 'On the last weeks the price did not help to predict sales.'
            when 'CROSS_EFFECT' then printf('1 %% off the other product changes sales by %.2f %%.', -e.elasticity)
        end as reason,
        case e.reason_code
            when 'OK' then printf('降价 1%% 可多卖 %.1f%%（区间 %.1f 至 %.1f）。', -e.elasticity, -e.hi, -e.lo)
            when 'TOO_FEW_ROWS' then '带价格的销售记录太少，无法估计。'
            when 'PRICE_HARDLY_MOVED' then '除促销和季节外价格几乎没有变动，无法分辨其影响。'
            when 'WRONG_SIGN' then '涨价时销量并未下降，可能有其他因素同时变化。'
            when 'INTERVAL_TOO_WIDE' then '价格影响的不确定性太大，不足以据此行动。'
            when 'NOT_CLEARLY_NEGATIVE' then '尚不能确定降价会多卖。'
            when 'HOLDOUT_WORSE' then '在最近几周，价格未能改善销量预测。'
            when 'CROSS_EFFECT' then printf('另一商品降价 1%%，本品销量变化 %.2f%%。', -e.elasticity)
        end as reason_zh,
        e.own_estimate, e.standard_error, e.location_count, e.price_variation, e.promotion_lift, e.holdout_gain_pct,
    from estimates as e
    join products as p using (product_idx)
    left join products as c on c.product_idx = e.cross_product_idx
    order by p.product_id, c.product_id nulls first
)

select * from final
