import type { Panel } from '../../panel.ts';
import { fitSeries } from '../calendar-regression/deviation.ts';
import { fitShared } from '../calendar-regression/groups.ts';
import { calendarPart, designOf, knownDemand } from '../calendar-regression/rows.ts';
import { isClosed } from '../demand.ts';
import { smoothLevel } from './smooth-level.ts';
import { tailMoments } from './tail-moments.ts';

/** Rounds of level, spread and estimates given the shape. */
const ROUNDS = 10;
/** Periods of usual spread that a series' own is mixed with (0.17 on average in the sample company). */
const SPREAD_PERIODS = 60;
const USUAL_SPREAD = 0.2;
/** Squared errors are clipped at so many variances, against one-off peaks. */
const CLIP = 25;

/** Periods in which the shelf was empty for some time, ordered by series and period. */
export interface CensoredDemand {
  series: Int32Array;
  period: Int32Array;
  /** Units. */
  sold: Float32Array;
  /** Units that were wanted, as far as can be told: never less than were sold. */
  demand: Float32Array;
}

/**
 * Estimates the demand that stock-outs hid. Sales of a period in which a shopper met an empty shelf are a lower bound: with
 * some sales, more was wanted than was sold; with none, nothing is known. The estimate is the expected demand above that bound,
 * around level x shape with a variance of mean + spread x mean^2 (negative binomial). The shape (weekday, season, events,
 * promotions, price) is the calendar regression's, from periods in stock. As periods that ran out were the good ones, level and
 * spread are fitted to the estimates too, and all is repeated (expectation maximisation: Dempster, Laird and Rubin 1977;
 * for sales: Vulcano, van Ryzin and Ratliff 2012, Operations Research 60).
 *
 * @param origin only sales before it are read
 * @param start first period that is used and estimated
 * A series that was never in stock with a sale stays at its bound. O(calendar regression + rounds x history).
 */
export function unconstrainedDemand(panel: Panel, origin: number, start = 0): CensoredDemand {
  const n = Math.min(origin, panel.periods);
  const cells = censoredCells(panel, start, n);
  if (cells.series.length === 0) return cells;
  const design = designOf(panel, start, n, 0);
  const { effects, groupOf } = fitShared(panel, design);
  const parts = effects.map((own) => calendarPart(design, own));
  for (let from = 0; from < cells.series.length; ) {
    const s = cells.series[from]!;
    let to = from;
    while (to < cells.series.length && cells.series[to] === s) to++;
    const group = groupOf[s]!;
    const { shape } = fitSeries(panel, design, s, parts[group]!, effects[group]!, n);
    fillCells(cells, from, to, start, knownDemand(panel, design, s), shape, panel.periodDays);
    from = to;
  }
  return cells;
}

/** The body of a worker task. */
export function hiddenDemandTask(
  { origin, start }: { origin: number; start: number },
  { panel }: { panel: Panel },
): CensoredDemand {
  return unconstrainedDemand(panel, origin, start);
}

function censoredCells(panel: Panel, start: number, n: number): CensoredDemand {
  const at: number[] = [];
  for (let s = 0; s < panel.seriesCount; s++) {
    for (let t = Math.max(start, panel.firstPeriod[s]!); t < n; t++) {
      if (panel.inStock[s * panel.periods + t] !== 1 && !isClosed(panel, s, t)) at.push(s * panel.periods + t);
    }
  }
  const sold = Float32Array.from(at, (i) => Math.max(0, panel.quantity[i]! || 0));
  return {
    series: Int32Array.from(at, (i) => Math.floor(i / panel.periods)),
    period: Int32Array.from(at, (i) => i % panel.periods),
    sold,
    demand: sold.slice(),
  };
}

/** Least demand that a cell can have had: one more than some sales, nothing known of none. */
function boundOf(sold: number): number {
  return sold > 0 ? Math.floor(sold) + 1 : 0;
}

/**
 * Fits level and spread of one series around a given shape, and fills in the demand of its cells `from` to `to - 1`.
 *
 * @param known demand by period from `start` on, NaN where censored or unknown; filled with the estimates
 */
function fillCells(
  { period, sold, demand }: CensoredDemand,
  from: number,
  to: number,
  start: number,
  known: Float64Array,
  shape: Float64Array,
  periodDays: number,
): void {
  /** Variance of demand given the bound, by which squared errors of estimates are too small. */
  const unseen = new Float64Array(known.length);
  let spread = USUAL_SPREAD;
  for (let round = 0; round < ROUNDS; round++) {
    const mean = smoothLevel(known, shape, periodDays).map((level, t) => level * shape[t]!);
    for (let i = from; i < to; i++) {
      const expected = mean[period[i]! - start]!;
      const tail = tailMoments(expected, 1 + spread * expected, boundOf(sold[i]!));
      known[period[i]! - start] = tail.mean;
      unseen[period[i]! - start] = tail.square - tail.mean ** 2;
    }
    spread = spreadOf(known, mean, unseen, spread);
  }
  for (let i = from; i < to; i++) demand[i] = known[period[i]! - start]!;
}

/** Moment estimate of the spread, mixed with the usual one. */
function spreadOf(demand: Float64Array, mean: Float64Array, unseen: Float64Array, before: number): number {
  let excess = 0;
  let squares = 0;
  let periods = 0;
  for (let t = 0; t < demand.length; t++) {
    const expected = mean[t]!;
    if (Number.isNaN(demand[t]!) || !(expected > 0)) continue;
    const square = (demand[t]! - expected) ** 2 + unseen[t]!;
    excess += Math.min(square, CLIP * (expected + before * expected ** 2)) - expected;
    squares += expected ** 2;
    periods++;
  }
  if (!(squares > 0)) return before;
  const prior = (SPREAD_PERIODS * squares) / periods;
  return Math.max(0, (excess + prior * USUAL_SPREAD) / (squares + prior));
}
