-- purpose: what a simulated company truly did, by stretch of 28 days back from replay_end; weeks that overlap two are shared
create or replace table replay_truth_company as
with
weeks as (
    select t.*, p.product_idx, unnest(range(week_from, week_from + 7, interval 1 day))::date as ds
    from read_csv(${file}, header = true, auto_detect = false, columns = {
        'week_from': 'date', 'product_id': 'varchar', 'kind': 'varchar', 'stock_unit_days': 'double', 'orders': 'double',
        'ordered_units': 'double', 'deliveries': 'double', 'deliveries_short': 'double'
    }) as t
    join int_products as p using (product_id)
)

select
    product_idx, kind = 'warehouse' as is_warehouse,
    ((getvariable('replay_end') - 1 - ds) // 28)::integer as stretch,
    sum(stock_unit_days) / 7 as unit_days,
    sum(orders) / 7 as orders,
    sum(ordered_units) / 7 as ordered_units,
    sum(deliveries) / 7 as deliveries,
    sum(deliveries_short) / 7 as deliveries_short,
from weeks
where ds >= getvariable('replay_from') and ds < getvariable('replay_end')
group by all
