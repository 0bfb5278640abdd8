-- purpose: the texts of one column, numbered in their order; an empty one is the last
create or replace temp table ${table} as
select text, (row_number() over (order by nullif(text, '') nulls last) - 1)::integer as code
from (select distinct coalesce(${column}::varchar, '') as text from ${relation})
