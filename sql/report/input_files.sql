-- purpose: the inputs on the report
select path, table_name, records, loaded, quarantined
from mart_input_file
order by table_name, path
