-- purpose: the eleven brands, with the cost that the retailer's gross margin implies at the median week
-- grain: one row per brand
-- key: product_id
-- inputs: yx
-- units: unit_cost in dollars per carton
-- checks: none
with
brands as (
    select * from (values
        ('1', 'Tropicana Premium 64 oz', 64), ('2', 'Tropicana Premium 96 oz', 96),
        ('3', 'Florida''s Natural 64 oz', 64), ('4', 'Tropicana 64 oz', 64),
        ('5', 'Minute Maid 64 oz', 64), ('6', 'Minute Maid 96 oz', 96),
        ('7', 'Citrus Hill 64 oz', 64), ('8', 'Tree Fresh 64 oz', 64),
        ('9', 'Florida Gold 64 oz', 64), ('10', 'Dominick''s 64 oz', 64), ('11', 'Dominick''s 128 oz', 128)
    ) as t(brand, name, ounces)
),

margins as (
    select
        brand,
        cast([price1, price2, price3, price4, price5, price6, price7, price8, price9, price10, price11] as double[])
            [cast(brand as integer)] * (1 - cast(profit as double) / 100) as cost_per_ounce,
    from yx
),

final as (
    select
        brand as product_id,
        name,
        'orange juice' as category,
        round(median(cost_per_ounce) * ounces, 2) as unit_cost,
    from brands
    join margins using (brand)
    group by brand, name, ounces
)

select * from final
