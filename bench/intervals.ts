// How often intervals hold what came later: the forecast of older mornings (four backtests before each), judged on days that took no
// part in it. Daily quantiles and those of 14-day sums of the series, by segment and week, and of the levels above. Days of the sample
// that ran short count by the units that were wanted. With `--history` nothing is known from before so many days.
//   node dist/bench/intervals.js [--without-globals] [--history DAYS] m5|m5-items|store-item|rossmann|sample [AS_OF ...]
import { rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { dayOf, isoDateOf } from '../data/day.ts';
import { shareInside } from '../models/forecast/backtest/accuracy.ts';
import { actualsAt, type Backtest, sumBacktest } from '../models/forecast/backtest/backtest.ts';
import { SEGMENTS } from '../models/forecast/backtest/segments.ts';
import { publishSums } from '../models/forecast/paths/path-sums.ts';
import { planForecast } from '../models/forecast/plan.ts';
import { publishedMeans, seriesQuantiles } from '../models/forecast/published.ts';
import { QUANTILE_LEVELS } from '../models/forecast/uncertainty/conformal.ts';
import type { Panel } from '../models/panel.ts';
import { workersExecutor } from '../pipelines/executor/executor.ts';
import { assess } from '../pipelines/forecast/assess.ts';
import { selectForecasts } from '../pipelines/forecast/select-forecasts.ts';
import { blendForecastWindows, forecastWindows, JUDGED_LEVELS } from '../pipelines/forecast/window-trees.ts';
import { openProject } from '../pipelines/project.ts';
import { censoredTruth } from './censored-truth.ts';
import { loadedPanel } from './loaded-panel.ts';
import { leadtime, scratchFolder, sharedFolder } from './run-cli.ts';
import { youngPanel } from './young-panel.ts';

const WINDOW = 14;
const WEEK = 7;
const LEVELS = QUANTILE_LEVELS.length;
/** Probabilities at the ends of the 50, 80 and 95 % intervals. */
const INTERVALS = [
  [0.25, 0.75],
  [0.1, 0.9],
  [0.025, 0.975],
] as const;

/** Mornings two weeks apart, so that each 14-day sum is judged once. */
const everyTwoWeeks = (first: string, last: string): string[] => {
  const mornings: string[] = [];
  for (let day = dayOf(first); day <= dayOf(last); day += WINDOW) mornings.push(isoDateOf(day));
  return mornings;
};

/**
 * The morning after the last day of each set, and mornings that are judged, all after what settings were chosen on and up to the last whose
 * horizon the data holds. The series of a set move together, so one morning's sums are hardly more than one: of sets whose runs are short there
 * are as many mornings as do not overlap, up to twelve.
 */
const SETS: Record<string, { folder: string; end: string; asOf: string[] }> = {
  m5: { folder: 'm5', end: '2016-05-23', asOf: everyTwoWeeks('2015-11-21', '2016-04-23') },
  'm5-items': { folder: 'm5', end: '2016-05-23', asOf: ['2016-01-24', '2016-02-23', '2016-03-24', '2016-04-23'] },
  'store-item': { folder: 'store_item', end: '2017-10-01', asOf: everyTwoWeeks('2017-03-31', '2017-09-01') },
  rossmann: { folder: 'rossmann', end: '2015-06-20', asOf: everyTwoWeeks('2015-01-03', '2015-05-09') },
  sample: { folder: '', end: '', asOf: ['2025-08-05', '2025-09-04', '2025-10-04'] },
};

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { 'without-globals': { type: 'boolean', default: false }, history: { type: 'string' } },
});
const [name = 'm5', ...mornings] = positionals;
const set = SETS[name]!;

/** Shares of what happened inside the intervals. */
class Held {
  n = 0;
  readonly #inside = INTERVALS.map(() => 0);
  add(actual: number, quantiles: Float32Array, at: number): void {
    if (Number.isNaN(actual)) return;
    this.n++;
    INTERVALS.forEach(([low, high], i) => {
      this.#inside[i]! += shareInside(actual, QUANTILE_LEVELS, quantiles, at, low, high);
    });
  }
  text(): string {
    const shares = this.#inside.map((inside) => ((100 * inside) / this.n).toFixed(1).padStart(5));
    return `${String(this.n).padStart(8)}  ${shares.join('  ')}`;
  }
}

const folder = scratchFolder('intervals');
if (name === 'sample') leadtime('init', '--sample', '--project', folder, '--quiet');
else leadtime('init', '--source', name, '--from', join(sharedFolder, 'data', set.folder), '--project', folder);
const { config } = openProject(folder);
if (options['without-globals']) Object.assign(config.forecast, { engine: 'none', boostedTrees: false });

/** The panel as it was known in a morning; for the sample in its newest where none is given. */
const panelAt = (asOf: string): Promise<Panel> => loadedPanel(folder, asOf || '2025-11-03');

const labelOf = ({ products, locations, productOf, locationOf }: Panel, s: number): string =>
  `${products.ids[productOf[s]!]}@${locations.ids[locationOf[s]!]}`;

/**
 * Units wanted on days that ran short, by `day product@location`, where the truth is known: without them only those windows of the
 * sample would be judged in which nothing ran out.
 */
function wantedUnits(): Map<string, number> {
  if (name !== 'sample') return new Map();
  return new Map(
    censoredTruth(folder).map(({ day, product, location, wanted }) => [`${day} ${product}@${location}`, wanted]),
  );
}

/** What the series of a panel sold, or could have sold, from its as-of day on, as known at the end; [series][horizon] with the forecast. */
function whatCame(panel: Panel, later: Panel, mean: Float64Array): Backtest {
  const { horizon } = panel;
  const origin = panel.startDay + panel.periods - later.startDay;
  const known = actualsAt(later, [origin], horizon);
  const row = new Map(Array.from({ length: later.seriesCount }, (_, s) => [labelOf(later, s), s]));
  const actual = new Float32Array(mean.length).fill(Number.NaN);
  for (let s = 0; s < panel.seriesCount; s++) {
    const from = row.get(labelOf(panel, s));
    if (from !== undefined) actual.set(known.subarray(from * horizon, (from + 1) * horizon), s * horizon);
    for (let h = 0; h < horizon; h++) {
      const units = wanted.get(`${panel.startDay + panel.periods + h} ${labelOf(panel, s)}`);
      if (units !== undefined) actual[s * horizon + h] = units;
    }
  }
  return { nodes: panel.seriesCount, cutoffs: 1, horizon, actual, forecast: Float32Array.from(mean) };
}

const held = new Map<string, Held>();
const meter = (key: string): Held => {
  if (!held.has(key)) held.set(key, new Held());
  return held.get(key)!;
};

/** Sums of whole windows of 14 days that begin with the forecast; a day that is certainly zero counts as sold nothing. */
function judgeWindows(truth: Backtest, quantiles: Float32Array, keysOf: (node: number) => string[]): void {
  const { nodes, horizon, actual, forecast } = truth;
  for (let node = 0; node < nodes; node++) {
    let [sum, expected] = [0, 0];
    for (let i = node * horizon; i < node * horizon + WINDOW; i++) {
      sum += forecast[i] === 0 && Number.isNaN(actual[i]!) ? 0 : actual[i]!;
      expected += forecast[i]!;
    }
    if (expected === 0) continue;
    for (const key of keysOf(node)) meter(key).add(sum, quantiles, (node * horizon + WINDOW - 1) * LEVELS);
  }
}

const wanted = wantedUnits();
const later = await panelAt(set.end);
const context = {
  config,
  seed: 1,
  executor: workersExecutor(availableParallelism()),
  progress: { update: () => undefined },
};
for (const asOf of mornings.length > 0 ? mornings : set.asOf) {
  const known = await panelAt(asOf);
  const panel = options.history ? youngPanel(known, Number(options.history)) : known;
  const { horizon } = panel;
  const plan = planForecast(panel, { cutoffs: config.forecast.cutoffs });
  const { selection } = await selectForecasts(context, panel, plan);
  const trees = await forecastWindows(context, panel, plan);
  const assessment = await assess(context, panel, plan, selection, trees ? JUDGED_LEVELS : []);
  const mean = publishedMeans(selection, plan);
  const days = seriesQuantiles(mean, horizon, assessment.paths.marginals);
  // a sum of what came counts the days that are known, so the days that are not are drawn as nothing
  const truth = whatCame(panel, later, mean);
  const drawn = mean.map((value, i) => (Number.isNaN(truth.actual[i]!) ? 0 : value));
  const whole = publishSums(assessment.paths, mean, assessment.judged);
  const { champion, judged } = assessment;
  judgeWindows(truth, whole.windows[0]!, () => ['series  14-day sums of paths alone']);
  blendForecastWindows(whole.windows[0]!, trees, { panel, plan, champion, judged, mean, isOverridden: undefined });
  const sold = publishSums(assessment.paths, drawn, assessment.judged);
  for (let i = 0; i < mean.length; i++) {
    const s = Math.floor(i / horizon);
    if (mean[i] === 0) continue;
    const week = Math.floor((i % horizon) / WEEK) + 1;
    for (const key of ['series  days', `series  days  ${SEGMENTS[plan.segmentOf[s]!]}`, `series  days  week ${week}`]) {
      meter(key).add(truth.actual[i]!, days, i * LEVELS);
    }
  }
  judgeWindows(truth, whole.windows[0]!, (s) => [
    'series  14-day sums',
    `series  14-day sums  ${SEGMENTS[plan.segmentOf[s]!]}`,
  ]);
  assessment.levels.forEach(({ level }, l) => {
    const sums = sumBacktest(truth, level.nodeOf, level.labels.length);
    sums.actual.forEach((actual, i) => {
      if (sums.forecast[i]! > 0) meter(`${level.level}  days`).add(actual, sold.days[l]!, i * LEVELS);
    });
    judgeWindows(sums, sold.windows[l + 1]!, () => [`${level.level}  14-day sums`]);
  });
  console.log(`${name} ${asOf} to ${isoDateOf(dayOf(asOf) + horizon - 1)}: ${panel.seriesCount} series`);
}
console.log(`${'what'.padEnd(38)}        n   50 %   80 %   95 %`);
for (const [key, each] of held) console.log(`${key.padEnd(38)} ${each.text()}`);
rmSync(folder, { recursive: true });
