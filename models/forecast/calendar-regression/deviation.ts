import { solveSymmetric } from '../../numerics/cholesky.ts';
import type { Panel } from '../../panel.ts';
import { LEVEL_HALF_DAYS, RUN, shapeOf, workingResidual } from './fit.ts';
import { calendarRow, type Design, knownDemand, localLevel } from './rows.ts';

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

/** What the calendar regression finds of one series. */
export interface SeriesFit {
  /** Demand at level 1 by period, [to - design.start]. */
  shape: Float64Array;
  /** Log effect of each column of the design: the group's, and the series' own deviation from it. */
  effects: Float64Array;
}

/**
 * Fits a series' own deviations from its group's effects.
 *
 * @param part log of the calendar's part by `calendarPart` of `effects`, the group's
 * @param to end of the shape; it may lie in the known future
 */
export function fitSeries(
  panel: Panel,
  design: Design,
  s: number,
  part: Float64Array,
  effects: Float64Array,
  to: number,
): SeriesFit {
  const demand = knownDemand(panel, design, s);
  const shape = shapeOf(panel, design, s, part, effects, to);
  const local = localColumns(design);
  const deviation = new Float64Array(local.columns.length);
  for (let round = 0; round < ROUNDS; round++) fitDeviation(panel, design, s, demand, shape, local, deviation);
  const own = effects.slice();
  local.columns.forEach((column, i) => {
    own[column]! += deviation[i]!;
  });
  return { shape, effects: own };
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
