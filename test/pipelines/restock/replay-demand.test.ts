import { expect, it } from 'vitest';
import { dayOf, isoDateOf } from '../../../data/day.ts';
import { warehouseWith } from '../../warehouse-fixture.ts';

const AS_OF = '2026-03-02';

it('replays are played on the estimated demand of empty shelves, and on nothing where nothing is known', async () => {
  const sales = Array.from({ length: 20 }, (_, i) => ({
    date: isoDateOf(dayOf(AS_OF) - 20 + i),
    product_id: 'tea',
    location_id: 'north',
    quantity: 5,
  }));
  const { warehouse } = await warehouseWith({ sales }, AS_OF, { horizon: 3 });
  await warehouse.run(`create table out_backtest_series as
    select 0 as series_idx, cutoff_idx::integer as cutoff_idx, h::integer as h,
      if(h = 1, 'nan'::float, (10 * cutoff_idx + h)::float) as actual, 4::float as forecast
    from range(2) as c(cutoff_idx) cross join range(3) as p(h)`);
  // cutoffs lie 6 and 3 days before as-of; day 18 is one day into the second stretch
  await warehouse.run(`create table out_hidden_demand as
    select 0 as series_idx, 18 as period_idx, 2::float as sold, 7.5::float as demand`);
  await warehouse.build(['int_replay_demand']);
  const rows = await warehouse.rows<{ actual: number | string }>(
    'select actual from int_replay_demand order by cutoff_idx, h',
  );
  expect(rows.map(({ actual }) => actual)).toEqual([0, 'NaN', 2, 10, 7.5, 12]);
  warehouse.close();
});
