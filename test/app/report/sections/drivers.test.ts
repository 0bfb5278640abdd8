import { expect, it } from 'vitest';
import { driverSection } from '../../../../app/report/sections/drivers.ts';
import { SnapshotRows } from '../../../../app/report/snapshot-rows.ts';
import type { Manifest } from '../../../../pipelines/snapshot/snapshot-store.ts';
import { Warehouse } from '../../../../pipelines/warehouse/warehouse.ts';

it('a driver has a plus where it adds, a minus where it takes away, and no sign where it rounds to nothing', async () => {
  const warehouse = await Warehouse.open(':memory:');
  await warehouse.run(`create table mart_forecast_driver as
    select 1000.0 as level_qty, 20.0 as trend_qty, -30.0 as week_qty, 0.3 as year_qty, -0.3 as holiday_qty, 0.0 as promotion_qty,
      0.0 as price_qty, 0.0 as macro_qty, 0.0 as rest_qty, 0.0 as override_qty, 990.0 as mean`);
  const marts = [{ name: 'mart_forecast_driver', rows: 1, file: '', bytes: 0, sha256: '' }];
  const { text } = await driverSection(new SnapshotRows(warehouse, { marts } as unknown as Manifest));
  warehouse.close();
  const figures = [...text.matchAll(/<td class="number">([^<]*)/g)].map(([, figure]) => figure);
  expect(figures.slice(0, 8)).toEqual(['+20', '+2.0%', '-30', '-3.0%', '0', '0.0%', '0', '0.0%']);
  expect(figures.slice(8)).toEqual(Array(5).fill(['0', '0.0%']).flat());
});
