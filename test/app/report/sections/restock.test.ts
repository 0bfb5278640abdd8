import { expect, it } from 'vitest';
import { restockSection } from '../../../../app/report/sections/restock.ts';
import { SnapshotRows } from '../../../../app/report/snapshot-rows.ts';
import type { Manifest } from '../../../../pipelines/snapshot/snapshot-store.ts';
import { Warehouse } from '../../../../pipelines/warehouse/warehouse.ts';

it('work orders say what their probability of a stock-out is of, as the reasons have others', async () => {
  const warehouse = await Warehouse.open(':memory:');
  await warehouse.run(`create table mart_restock as
    select 1 as priority, 'Tea' as product_id, 'North' as location_id, 12.0 as order_quantity, date '2026-03-02' as order_by,
      3.0 as days_of_cover, 0.52 as stockout_probability, 9.5 as value_at_stake, 'why' as reason, '原因' as reason_zh`);
  const marts = [{ name: 'mart_restock', rows: 1, file: '', bytes: 0, sha256: '' }];
  const { text } = await restockSection(new SnapshotRows(warehouse, { marts, currency: 'EUR' } as unknown as Manifest));
  warehouse.close();
  expect(text).toContain(
    'if nothing is ordered now, it runs out before what is ordered at the next chance could arrive',
  );
  expect(text).toContain('“缺货概率”为现在不订货时，在下一次订货机会所订货物到达前断货的概率');
  expect(text).toContain('52%');
});
