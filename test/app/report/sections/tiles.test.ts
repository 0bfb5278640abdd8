import { expect, it } from 'vitest';
import { tiles } from '../../../../app/report/sections/tiles.ts';
import { SnapshotRows } from '../../../../app/report/snapshot-rows.ts';
import type { Manifest } from '../../../../pipelines/snapshot/snapshot-store.ts';
import { Warehouse } from '../../../../pipelines/warehouse/warehouse.ts';

/** The first tile where `periods` of so many days are forecast. */
async function firstTile(periods: number, days: number): Promise<string> {
  const warehouse = await Warehouse.open(':memory:');
  await warehouse.run(`create table mart_forecast_window as
    select 'total' as level, date '2026-03-02' as from_on, date '2026-03-02' + ${periods * days} - 1 as to_on,
      ${periods} as periods, 110.0 as mean, 90.0 as q10, 130.0 as q90`);
  await warehouse.run(`create table mart_sales_history as
    select 'total' as level, date '2026-03-02' - (i * ${days})::integer as ds, 10.0 as quantity from range(1, 50) as t(i)`);
  const marts = [{ name: 'mart_forecast', rows: 1, file: '', bytes: 0, sha256: '' }];
  const { text } = await tiles(new SnapshotRows(warehouse, { marts, currency: 'EUR' } as unknown as Manifest));
  warehouse.close();
  return text;
}

it('what is expected is told in days, or in weeks where the company counts in them', async () => {
  const daily = await firstTile(10, 1);
  expect(daily).toContain('110 (+10.0%)');
  expect(daily).toContain('units expected in the next 10 days, against the 10 days before; between 90 and 130');
  expect(daily).toContain('未来 10 天预计销量');
  expect(await firstTile(1, 7)).toContain('units expected in the next 1 week, against the 1 week before');
});
