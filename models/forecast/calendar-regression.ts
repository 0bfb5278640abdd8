import type { Panel } from '../panel.ts';
import { LEVEL_HALF_DAYS, RUN, shapeOf, workingResidual } from './calendar-fit.ts';
import { fitShared } from './calendar-groups.ts';
import { calendarPart, calendarRow, type Design, designOf, knownDemand, localLevel } from './calendar-rows.ts';
import { solveSymmetric } from './cholesky.ts';
import { openOnly } from './demand.ts';
import type { OriginForecast } from './forecaster.ts';

/** History used: three years. */
const HISTORY_DAYS = 1095;
/** Standard deviation of a series' log effect around its group's. */
const SERIES_DEVIATION = {
  weekday: 0.15,
  year: 0.08,
  week: 0.02,
  month: 0.02,
  event: 0.08,
  promotion: 0.15,
  price: 0.5,
};
const ROUNDS = 2;
/** The two levels that are averaged weigh sales by half for each so many days back. */
const HALF_LIVES_DAYS = [7, 42];

export interface CalendarRequest {
  origins: number[];
  horizon: number;
}

/**
 * What a planner knows, as one multiplicative model: recent level x weekday x promotion (by weekday, depth and price) x
 * events and the days around them x place in the year and in the month. Effects are fitted by quasi-likelihood (log link,
 * variance between counts and proportional), pooled over a product's locations and drawn towards its category; each
 * series then deviates as far as its data carry it. Zero sales are as good as any others; nothing is logged.
 *
 * @returns means of all series for each origin, [series][horizon]; each origin has a fit of its own on earlier sales only.
 *   O(series x history x entries per row), about 1 s for 1,680 x 1,095
 */
export function forecastCalendar({ origins, horizon }: CalendarRequest, { panel }: { panel: Panel }): OriginForecast[] {
  return origins.map((origin) => {
    const start = Math.max(0, origin - Math.round(HISTORY_DAYS / panel.periodDays));
    const design = designOf(panel, start, origin, horizon);
    const shared = fitShared(panel, design);
    const parts = shared.effects.map((effects) => calendarPart(design, effects));
    const mean = new Float32Array(panel.seriesCount * horizon);
    const out = new Float64Array(horizon);
    for (let s = 0; s < panel.seriesCount; s++) {
      const group = shared.groupOf[s]!;
      forecastSeries(panel, design, s, parts[group]!, shared.effects[group]!, out);
      openOnly(panel, origin, s, out);
      mean.set(out, s * horizon);
    }
    return { origin, mean };
  });
}

function forecastSeries(
  panel: Panel,
  design: Design,
  s: number,
  part: Float64Array,
  effects: Float64Array,
  out: Float64Array,
): void {
  const { start, origin } = design;
  const known = origin - start;
  const demand = knownDemand(panel, design, s);
  const shape = shapeOf(panel, design, s, part, effects, origin + out.length);
  const local = localColumns(design);
  const deviation = new Float64Array(local.columns.length);
  for (let round = 0; round < ROUNDS; round++) fitDeviation(panel, design, s, demand, shape, local, deviation);
  const level = recentLevel(demand, shape, panel.periodDays);
  for (let h = 0; h < out.length; h++) out[h] = level * shape[known + h]!;
}

/**
 * Level that is forecast: units sold over units expected at level 1, recent ones weighing more; the geometric mean of a quick
 * and a slow one, so that it follows a change without swallowing a bad week whole.
 */
function recentLevel(demand: Float64Array, shape: Float64Array, periodDays: number): number {
  let product = 1;
  for (const halfLife of HALF_LIVES_DAYS) {
    const keep = 0.5 ** (periodDays / halfLife);
    let sold = 0;
    let usual = 0;
    for (let i = 0; i < demand.length; i++) {
      sold *= keep;
      usual *= keep;
      if (Number.isNaN(demand[i]!)) continue;
      sold += demand[i]!;
      usual += shape[i]!;
    }
    product *= usual > 0 ? sold / usual : 0;
  }
  return product ** (1 / HALF_LIVES_DAYS.length);
}

/** The columns a series may deviate in, and where each column of the design is among them (-1: not). */
function localColumns(design: Design): { columns: number[]; at: Int16Array } {
  const columns = [...design.effects.keys()].filter((i) => design.effects[i]!.local);
  const at = new Int16Array(design.effects.length).fill(-1);
  columns.forEach((column, i) => {
    at[column] = i;
  });
  return { columns, at };
}

/** One Newton step of a series' own deviations; `shape` and `deviation` are brought up to date. */
function fitDeviation(
  panel: Panel,
  design: Design,
  s: number,
  demand: Float64Array,
  shape: Float64Array,
  { columns, at }: { columns: number[]; at: Int16Array },
  deviation: Float64Array,
): void {
  const p = columns.length;
  const { calendar, promotion, start, origin } = design;
  const a = new Float64Array(p * p);
  const q = new Float64Array(p);
  const level = localLevel(demand, shape, Math.round(LEVEL_HALF_DAYS / panel.periodDays));
  const entries = new Int16Array(calendar.width + promotion.column.length);
  const values = new Float64Array(entries.length);
  const entriesAt = (t: number): number => {
    let count = 0;
    const row = calendarRow(panel, design, s, t);
    const from = row * calendar.width;
    for (let i = from; i < from + calendar.count[row]!; i++) {
      const local = at[calendar.column[i]!]!;
      if (local < 0) continue;
      entries[count] = local;
      values[count++] = calendar.value[i]!;
    }
    const promoted = promotion.row(t);
    for (let i = 0; i < promoted; i++) {
      const local = at[promotion.column[i]!]!;
      if (local < 0) continue;
      entries[count] = local;
      values[count++] = promotion.value[i]!;
    }
    return count;
  };
  promotion.open(s);
  let squares = 0;
  let seen = 0;
  for (let t = start; t < origin; t++) {
    const y = demand[t - start]!;
    const mu = level[t - start]! * shape[t - start]!;
    if (Number.isNaN(y) || !(mu > 0)) continue;
    const sd = seen > 30 ? Math.sqrt(squares / seen) : 1.5;
    const { weight, residual, pearson } = workingResidual(y, mu, sd);
    squares += Math.min(16 * sd * sd, pearson * pearson);
    seen++;
    const count = entriesAt(t);
    for (let i = 0; i < count; i++) {
      const v = weight * values[i]!;
      q[entries[i]!]! += v * residual;
      for (let j = 0; j <= i; j++) a[entries[i]! * p + entries[j]!]! += v * values[j]!;
    }
  }
  if (seen === 0) return;
  const dispersion = (RUN * squares) / seen;
  columns.forEach((column, i) => {
    const precision = dispersion / SERIES_DEVIATION[design.effects[column]!.family] ** 2;
    a[i * p + i]! += precision;
    q[i]! -= precision * deviation[i]!;
  });
  const step = solveSymmetric(a, q, p);
  for (let i = 0; i < p; i++) deviation[i]! += step[i]!;
  for (let t = start; t < start + shape.length; t++) {
    let log = 0;
    const count = entriesAt(t);
    for (let i = 0; i < count; i++) log += step[entries[i]!]! * values[i]!;
    shape[t - start]! *= Math.exp(log);
  }
}
