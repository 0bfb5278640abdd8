-- purpose: the own price elasticity of one product
from mart_elasticity
where product_id = ${product}
order by cross_product_id nulls first
limit 1
