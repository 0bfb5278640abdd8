import { expect, it } from 'vitest';
import { accuracySection } from '../../../../app/report/sections/accuracy.ts';
import { SnapshotRows } from '../../../../app/report/snapshot-rows.ts';
import type { Manifest } from '../../../../pipelines/snapshot/snapshot-store.ts';
import { Warehouse } from '../../../../pipelines/warehouse/warehouse.ts';

it('the table of models says why one with a smaller error over all series need not win more of them', async () => {
  const warehouse = await Warehouse.open(':memory:');
  await warehouse.run(`create table mart_forecast as from (values
    ('series', 'tea', 'combination', true), ('series', 'tea', 'ets', false)) as t(level, series, model, is_champion)`);
  await warehouse.run(`create table mart_forecast_accuracy as
    select 'series' as level, 'all' as series, 'all' as segment, null as cutoff, 'all' as horizon, model, wape,
      0.7 as rmsse, 0.0 as bias, 0.8 as coverage_80, 0.95 as coverage_95, 0.2 as skill
    from (values ('champion', 0.3), ('ets', 0.31), ('combination', 0.32)) as t(model, wape)`);
  const marts = [{ name: 'mart_forecast_accuracy', rows: 3, file: '', bytes: 0, sha256: '' }];
  const { text } = await accuracySection(
    new SnapshotRows(warehouse, { marts, currency: 'EUR' } as unknown as Manifest),
  );
  warehouse.close();
  expect(text.indexOf('>ets<')).toBeLessThan(text.indexOf('>combination<'));
  expect(text).toContain('A series has the combination unless another model was clearly better in its own backtests');
  expect(text).toContain('误差较小的模型入选的序列不一定更多');
});
