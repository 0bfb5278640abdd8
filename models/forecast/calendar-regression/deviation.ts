import { solveSymmetric } from '../../numerics/cholesky.ts';
import type { Panel } from '../../panel.ts';
import { LEVEL_HALF_DAYS, RUN, shapeOf, workingResidual } from './fit.ts';
import { calendarRow, type Design, knownDemand, localLevel } from './rows.ts';
import { addRow, type SparseRows } from './sparse-rows.ts';

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
  const columns = localColumns(design);
  const rows = localRows(panel, design, s, columns, shape.length);
  const deviation = new Float64Array(columns.length);
  for (let round = 0; round < ROUNDS; round++) fitDeviation(panel, design, demand, shape, columns, rows, deviation);
  const own = effects.slice();
  columns.forEach((column, i) => {
    own[column]! += deviation[i]!;
  });
  return { shape, effects: own };
}

/** The columns a series may deviate in. */
const localColumns = ({ effects }: Design): number[] => [...effects.keys()].filter((i) => effects[i]!.local);

/** The rows of a series in these columns alone, [period - start]; a column is its place among them. */
function localRows(panel: Panel, design: Design, s: number, columns: readonly number[], length: number): SparseRows {
  const { calendar, promotion, start } = design;
  const places = new Int16Array(design.effects.length).fill(-1);
  columns.forEach((column, i) => {
    places[column] = i;
  });
  const width = columns.length;
  const count = new Uint8Array(length);
  const column = new Int16Array(length * width);
  const value = new Float64Array(length * width);
  const first = calendarRow(panel, design, s, start);
  const addLocal = (i: number, rows: SparseRows, row: number): void => {
    const from = row * rows.width;
    for (let k = from; k < from + rows.count[row]!; k++) {
      const place = places[rows.column[k]!]!;
      if (place < 0) continue;
      const to = i * width + count[i]!++;
      column[to] = place;
      value[to] = rows.value[k]!;
    }
  };
  promotion.open(s);
  for (let i = 0; i < length; i++) {
    addLocal(i, calendar, first + i);
    addLocal(i, promotion, i);
  }
  return { width, count, column, value };
}

/** One Newton step of a series' own deviations; `shape` and `deviation` are brought up to date. */
function fitDeviation(
  panel: Panel,
  design: Design,
  demand: Float64Array,
  shape: Float64Array,
  columns: readonly number[],
  rows: SparseRows,
  deviation: Float64Array,
): void {
  const { width, count, column, value } = rows;
  const p = columns.length;
  const a = new Float64Array(p * p);
  const q = new Float64Array(p);
  const level = localLevel(demand, shape, Math.round(LEVEL_HALF_DAYS / panel.periodDays));
  let squares = 0;
  let seen = 0;
  for (let t = 0; t < demand.length; t++) {
    const y = demand[t]!;
    const mu = level[t]! * shape[t]!;
    if (Number.isNaN(y) || !(mu > 0)) continue;
    const sd = seen > 30 ? Math.sqrt(squares / seen) : 1.5;
    const { weight, residual, pearson } = workingResidual(y, mu, sd);
    squares += Math.min(16 * sd * sd, pearson * pearson);
    seen++;
    const first = t * width;
    for (let i = first; i < first + count[t]!; i++) {
      const v = weight * value[i]!;
      const row = column[i]! * p;
      q[column[i]!]! += v * residual;
      for (let j = first; j <= i; j++) a[row + column[j]!]! += v * value[j]!;
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
  for (let t = 0; t < shape.length; t++) shape[t]! *= Math.exp(addRow(0, rows, t, step));
}
