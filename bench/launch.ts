// New and ended products: every origin of a panel at which a series is new, launch curve beside moving average; and every origin
// at which a series is called ended, zero beside the moving average:
//   node dist/bench/launch.js <project folder, loaded> [--from DATE] [--until DATE] [--every 7]
import { parseArgs } from 'node:util';
import { dayOf } from '../data/day.ts';
import { movingAverage } from '../models/forecast/baselines/moving-average.ts';
import { isClosed } from '../models/forecast/demand.ts';
import { fallbackOf } from '../models/forecast/fallback.ts';
import { tsb } from '../models/forecast/intermittent/tsb.ts';
import { findDonors } from '../models/forecast/launch/donors.ts';
import { survivals } from '../models/forecast/launch/fade-out.ts';
import { launchForecast } from '../models/forecast/launch/launch-forecast.ts';
import { launchCases, launchWeight } from '../models/forecast/launch/launch-weight.ts';
import type { Panel } from '../models/panel.ts';
import { readLedger } from '../pipelines/ledger.ts';
import { openProject } from '../pipelines/project.ts';
import { panelOfProject } from './loaded-panel.ts';

const HORIZON = 28;
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    from: { type: 'string' },
    until: { type: 'string' },
    every: { type: 'string', default: '7' },
  },
});

/** Sums over all cases of one kind. */
class Score {
  cases = 0;
  #actual = 0;
  #forecast = 0;
  #daily = 0;
  #total = 0;
  #squares = 0;
  add(actual: Float64Array, forecast: Float64Array): void {
    let sold = 0;
    let expected = 0;
    for (let h = 0; h < HORIZON; h++) {
      if (Number.isNaN(actual[h]!)) continue;
      sold += actual[h]!;
      expected += forecast[h]!;
      this.#daily += Math.abs(actual[h]! - forecast[h]!);
    }
    this.cases++;
    this.#squares += (sold - expected) ** 2;
    this.#actual += sold;
    this.#forecast += expected;
    this.#total += Math.abs(sold - expected);
  }
  toString(): string {
    const percent = (part: number): string => `${((100 * part) / this.#actual).toFixed(1)} %`.padStart(9);
    return (
      `${String(this.cases).padStart(6)} cases, ${this.#actual.toFixed(0)} units: WAPE by day${percent(this.#daily)}  ` +
      `of ${HORIZON}-day totals${percent(this.#total)}  RMSE ${Math.sqrt(this.#squares / this.cases).toFixed(1)} bias${percent(this.#forecast - this.#actual)}`
    );
  }
}

function actualOf(panel: Panel, s: number, origin: number): Float64Array {
  return Float64Array.from({ length: HORIZON }, (_, h) => {
    const t = origin + h;
    const usable = panel.inStock[s * panel.periods + t] === 1 && !isClosed(panel, s, t);
    return usable ? panel.quantity[s * panel.periods + t]! : Number.NaN;
  });
}

const project = openProject(positionals[0]!);
const panel = await panelOfProject(project, dayOf(readLedger(project.paths.ledger).at(-1)!.as_of));

const scores = new Map<string, Score>();
const score = (name: string): Score => {
  if (!scores.has(name)) scores.set(name, new Score());
  return scores.get(name)!;
};
const first = values.from ? dayOf(values.from) - panel.startDay : 120;
const last = Math.min(panel.periods - HORIZON, values.until ? dayOf(values.until) - panel.startDay : panel.periods);
const ma = new Float64Array(HORIZON);
const intermittent = new Float64Array(HORIZON);
const nothing = new Float64Array(HORIZON);
const cases = launchCases(panel, 60, panel.periods, HORIZON);
const blend = new Float64Array(HORIZON);
for (let origin = first; origin <= last; origin += Number(values.every)) {
  const donors = findDonors(panel, origin);
  const weight = launchWeight(cases, origin);
  const isMonthly = (origin - first) % 28 === 0;
  const ends = isMonthly ? survivals(panel, origin) : [];
  for (let s = 0; s < panel.seriesCount; s++) {
    if (panel.firstPeriod[s]! >= origin) continue;
    const code = fallbackOf(panel, origin, s, { chance: 1, code: '' });
    if (code === 'NEW') {
      const age = Math.floor((origin - panel.firstPeriod[s]!) / 7);
      const actual = actualOf(panel, s, origin);
      movingAverage.forecast(panel, origin, HORIZON, s, ma);
      const curve = launchForecast(panel, origin, HORIZON, s, donors).mean;
      for (const kind of ['new', `new, week ${age + 1}`]) {
        score(`${kind}: moving average`).add(actual, ma);
        score(`${kind}: launch curve`).add(actual, curve);
        for (let h = 0; h < HORIZON; h++) blend[h] = weight * curve[h]! + (1 - weight) * ma[h]!;
        score(`${kind}: weighted`).add(actual, blend);
      }
    } else if (code !== 'NO_HISTORY' && isMonthly) {
      const { code: end, chance } = ends[s]!;
      if (end === '') continue;
      const actual = actualOf(panel, s, origin);
      movingAverage.forecast(panel, origin, HORIZON, s, ma);
      tsb.forecast(panel, origin, HORIZON, s, intermittent);
      const kind = code === 'DEAD' ? 'dead by gaps' : end;
      score(`${kind}: moving average`).add(actual, ma);
      score(`${kind}: tsb`).add(actual, intermittent);
      for (let h = 0; h < HORIZON; h++) blend[h] = chance * intermittent[h]!;
      score(`${kind}: tsb faded`).add(actual, blend);
      score(`${kind}: nothing`).add(actual, nothing);
    }
  }
}
console.log('weight at the end', launchWeight(cases, panel.periods), cases.length);
for (const [name, own] of [...scores].sort(([a], [b]) => (a < b ? -1 : 1))) console.log(`${name.padEnd(30)} ${own}`);
