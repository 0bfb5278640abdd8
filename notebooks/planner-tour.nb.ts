import { display, startCell } from '../scripts/notebook/runtime.ts';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fanChart, type ForecastPoint, type HistoryPoint } from '../app/report/fan-chart.ts';
import { simulateCompany } from '../data/sample/simulate.ts';
import { runJobs } from '../pipelines/run.ts';
import { querySnapshot } from '../pipelines/snapshot/snapshot-reader.ts';
import { currentSnapshot } from '../pipelines/snapshot/snapshot-store.ts';
startCell(0);

const folder = mkdtempSync(join(tmpdir(), 'leadtime-tour-'));
const company = await simulateCompany({ folder, products: 8, locations: 5, days: 420, customers: 20, seed: 7 });
console.log(`${company.products} products in ${company.stores} stores, ${company.rows.sales} sales rows up to the morning of ${company.asOf}`);
startCell(1);
const quiet = { update: () => undefined };
const entry = await runJobs({ folder, jobs: ['load', 'forecast', 'publish'], now: () => new Date(0), progress: quiet });
for (const step of entry.steps) console.log(step.job, step.status, step.counts);
const snapshot = currentSnapshot(join(folder, 'snapshots'));
const ask = (sql: string) => querySnapshot(snapshot.folder, snapshot.manifest, sql) as Promise<Record<string, number | string>[]>;
startCell(2);
const accuracy = await ask(`select level, round(1 - wape, 3) as accuracy, round(skill, 3) as skill, round(coverage_80, 3) as in_80_range
  from mart_forecast_accuracy where model = 'champion' and series = 'all' and segment = 'all' and cutoff is null and horizon = 'all' order by wape`);
for (const row of accuracy) console.log(row);
startCell(3);
const history = await ask(`select ds::varchar as ds, quantity from mart_sales_history where level = 'total' order by ds`);
const forecast = await ask(`select ds::varchar as ds, mean, q05, q10, q25, q75, q90, q95 from mart_forecast where level = 'total' and is_champion order by ds`);
display(fanChart(history as unknown as HistoryPoint[], forecast as unknown as ForecastPoint[], { width: 900, height: 260, label: 'Total sales and forecast' }));
startCell(4);
const truth = new Map<string, number>();
const [header, ...lines] = readFileSync(join(folder, 'truth', 'demand_future.csv'), 'utf8').trim().split('\n');
const [dateAt, demandAt] = ['date', 'demand'].map((name) => header!.split(',').indexOf(name));
for (const line of lines) {
  const cells = line.split(',');
  truth.set(cells[dateAt!]!, (truth.get(cells[dateAt!]!) ?? 0) + Number(cells[demandAt!]!));
}
const days = forecast.map((row) => ({ ...row, happened: truth.get(String(row.ds)) ?? 0 })) as { mean: number; q10: number; q90: number; happened: number }[];
const sum = (of: (day: (typeof days)[number]) => number): number => days.reduce((total, day) => total + of(day), 0);
console.log(`30 days: forecast ${sum((day) => day.mean).toFixed(0)} units, demand was ${sum((day) => day.happened).toFixed(0)}`);
console.log(`days within the 80 % range: ${days.filter((day) => day.happened >= day.q10 && day.happened <= day.q90).length} of ${days.length}`);
rmSync(folder, { recursive: true });
export { display };
