-- purpose: what was truly wanted on days that ran short, of a simulated company
create or replace table replay_truth_demand as
select s.series_idx, (t.date - a.start_on)::integer as period_idx, t.demand::double as demand
from read_csv(${file}, header = true, auto_detect = false, columns = {
    'date': 'date', 'product_id': 'varchar', 'location_id': 'varchar', 'sold': 'double', 'demand': 'double', 'mean_demand': 'double'
}) as t
join int_series as s using (product_id, location_id)
cross join int_axis as a
where t.date >= a.start_on and t.date < a.start_on + a.periods
