import { expect, it } from 'vitest';
import { dayOf, isoDateOf } from '../../../data/day.ts';
import { type GivenRows, warehouseWith } from '../../warehouse-fixture.ts';

const AS_OF = '2026-03-02';

/** What the alerts on forecast errors and on lost sales are about, where each product sells at each location. */
async function subjects(products: GivenRows['products'], locations: readonly string[]): Promise<string[][]> {
  const sales = (products ?? []).flatMap(({ product_id }) =>
    locations.flatMap((location_id) =>
      Array.from({ length: 60 }, (_, i) => ({
        ...{ product_id: product_id!, location_id, quantity: 5 },
        date: isoDateOf(dayOf(AS_OF) - 60 + i),
      })),
    ),
  );
  const { warehouse } = await warehouseWith({ sales, products: products ?? [] }, AS_OF);
  await warehouse.build(['int_series']);
  await warehouse.run(`create table out_backtest_series as
    select series_idx, 0 as cutoff_idx, 1 as h, 4.0 as forecast, 5.0 as actual from int_series`);
  await warehouse.run('create table out_hidden_demand as select 0 as series_idx, 0 as period_idx, 9.0 as demand');
  await warehouse.build(['int_forecast_errors', 'int_lost_shares']);
  const found: string[][] = [];
  for (const relation of ['int_forecast_errors', 'int_lost_shares']) {
    const rows = await warehouse.rows<{ subject: string }>(`select distinct subject from ${relation} order by subject`);
    found.push(rows.map(({ subject }) => subject));
  }
  warehouse.close();
  return found;
}

it('alerts leave out categories and locations where there is one, which repeats the whole', async () => {
  expect(await subjects([{ product_id: 'tea' }, { product_id: 'jam' }], ['north'])).toEqual([['all'], ['all']]);
  const stores = ['all', 'location north', 'location south'];
  expect(await subjects([{ product_id: 'tea' }], ['north', 'south'])).toEqual([stores, stores]);
  const assortment = [
    { product_id: 'tea', category: 'drinks' },
    { product_id: 'jam', category: 'spreads' },
  ];
  const categories = ['all', 'category drinks', 'category spreads'];
  expect(await subjects(assortment, ['north'])).toEqual([categories, categories]);
});
