-- purpose: recent sales of one node
select ds::varchar as ds, quantity
from mart_sales_history
where level = ${level} and series = ${series}
order by ds
