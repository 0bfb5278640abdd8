import { afterEach, describe, expect, it } from 'vitest';
import { accuracySection } from '../../../../app/report/sections/accuracy.ts';
import { forecastSection } from '../../../../app/report/sections/forecasts.ts';
import { SnapshotRows } from '../../../../app/report/snapshot-rows.ts';
import type { Manifest } from '../../../../pipelines/snapshot/snapshot-store.ts';
import { Warehouse } from '../../../../pipelines/warehouse/warehouse.ts';

const MARTS = ['mart_forecast', 'mart_sales_history', 'mart_forecast_accuracy'];
let warehouse: Warehouse;
afterEach(() => warehouse.close());

/** What a report reads of a company with these nodes, each selling the same. */
async function snapshotOf(nodes: [level: string, series: string][]): Promise<SnapshotRows> {
  warehouse = await Warehouse.open(':memory:');
  const values = nodes.map(([level, series]) => `('${level}', '${series}')`).join(', ');
  await warehouse.run(`create table nodes as from (values ${values}) as node(level, series)`);
  await warehouse.run(`create table mart_forecast as
    select *, date '2026-03-02' as ds, 'ets' as model, true as is_champion, 5.0 as mean,
      1.0 as q05, 2.0 as q10, 3.0 as q25, 6.0 as q75, 7.0 as q90, 8.0 as q95 from nodes`);
  await warehouse.run(
    `create table mart_sales_history as select *, date '2026-03-01' as ds, 4.0 as quantity from nodes`,
  );
  await warehouse.run(`create table mart_forecast_accuracy as
    select distinct level, 'all' as series, 'all' as segment, 'champion' as model, null::date as cutoff, 'all' as horizon,
      0.3 as wape, 0.2 as skill, 0.7 as rmsse, 0.0 as bias, 0.8 as coverage_80, 0.95 as coverage_95 from nodes`);
  const marts = MARTS.map((name) => ({ name, rows: 1, file: '', bytes: 0, sha256: '' }));
  return new SnapshotRows(warehouse, { marts } as unknown as Manifest);
}

const SERIES: [string, string][] = [
  ['location', 'North'],
  ['location', 'South'],
  ['product', 'Tea'],
  ['series', 'Tea@North'],
  ['series', 'Tea@South'],
];
const titles = (section: string): string[] =>
  [...section.matchAll(/<h3>(.*?)<\/h3>/g)].map(([, title]) => title!.replace(/<[^>]+>/g, '|').replace(/\|+/g, '|'));

describe('levels on the report', () => {
  it('are not charted where their only node is the total again', async () => {
    const rows = await snapshotOf([['total', 'all'], ['region', '(none)'], ['category', '(none)'], ...SERIES]);
    const { text } = await forecastSection(rows);
    expect(titles(text)).toEqual(['Tea@North', 'Tea@South']);
    expect(text).not.toContain('(none)');
  });

  it('say in words what has no category or region', async () => {
    const rows = await snapshotOf([
      ['total', 'all'],
      ['region', 'Upper'],
      ['region', '(none)'],
      ['category', 'Hot drinks'],
      ['category', '(none)'],
      ...SERIES,
    ]);
    const { text } = await forecastSection(rows);
    expect(titles(text).slice(0, 4)).toEqual([
      '|no region|未分区域| |region|区域|',
      '|Upper|Upper| |region|区域|',
      '|no category|未分类| |category|品类|',
      '|Hot drinks|Hot drinks| |category|品类|',
    ]);
    expect(text).not.toContain('(none)');
  });

  it('have no line of accuracy where it would be that of the total', async () => {
    const rows = await snapshotOf([['total', 'all'], ['region', '(none)'], ['category', '(none)'], ...SERIES]);
    const { text } = await accuracySection(rows);
    expect(text.match(/(?<=<td class=""><span lang="en">)[^<]+/g)).toEqual(['total', 'location', 'product × location']);
  });
});
