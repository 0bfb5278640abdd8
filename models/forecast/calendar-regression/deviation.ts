import { solveSymmetric } from '../../numerics/cholesky.ts';
import type { Panel } from '../../panel.ts';
import type { CalendarDesign } from './design.ts';
import { LEVEL_HALF_DAYS, RUN, shapeOf, workingResidual } from './fit.ts';
import type { PromotionDesign } from './promotion-design.ts';
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

/** Sparse rows of a series in these columns alone, [period - start]: `count` entries from `index * width` on. */
interface LocalRows {
  width: number;
  count: Uint8Array;
  /** Place of the column among those a series may deviate in. */
  place: Int16Array;
  value: Float64Array;
}

function localRows(panel: Panel, design: Design, s: number, columns: readonly number[], length: number): LocalRows {
  const { calendar, promotion, start } = design;
  const places = new Int16Array(design.effects.length).fill(-1);
  columns.forEach((column, i) => {
    places[column] = i;
  });
  const width = columns.length;
  const count = new Uint8Array(length);
  const place = new Int16Array(length * width);
  const value = new Float64Array(length * width);
  const first = calendarRow(panel, design, s, start);
  promotion.open(s);
  for (let i = 0; i < length; i++) {
    let to = i * width;
    const add = ({ column, value: values }: CalendarDesign | PromotionDesign, from: number, entries: number): void => {
      for (let k = from; k < from + entries; k++) {
        const own = places[column[k]!]!;
        if (own < 0) continue;
        place[to] = own;
        value[to++] = values[k]!;
      }
    };
    add(calendar, (first + i) * calendar.width, calendar.count[first + i]!);
    add(promotion, i * promotion.width, promotion.count[i]!);
    count[i] = to - i * width;
  }
  return { width, count, place, value };
}

/** One Newton step of a series' own deviations; `shape` and `deviation` are brought up to date. */
function fitDeviation(
  panel: Panel,
  design: Design,
  demand: Float64Array,
  shape: Float64Array,
  columns: readonly number[],
  { width, count, place, value }: LocalRows,
  deviation: Float64Array,
): void {
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
      const row = place[i]! * p;
      q[place[i]!]! += v * residual;
      for (let j = first; j <= i; j++) a[row + place[j]!]! += v * value[j]!;
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
  for (let t = 0; t < shape.length; t++) {
    let log = 0;
    for (let i = t * width; i < t * width + count[t]!; i++) log += step[place[i]!]! * value[i]!;
    shape[t]! *= Math.exp(log);
  }
}
