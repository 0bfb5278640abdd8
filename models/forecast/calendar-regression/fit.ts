import { solveSymmetric } from '../../numerics/cholesky.ts';
import type { Panel } from '../../panel.ts';
import type { Effect } from './design.ts';
import { calendarPart, calendarRow, type Design, knownDemand, localLevel } from './rows.ts';
import { addRow } from './sparse-rows.ts';

/** Standard deviation of a group's log effect around its parent's, by family; wide, the data decide. */
const GROUP_DEVIATION = { weekday: 0.3, year: 0.15, week: 0.03, month: 0.05, event: 0.15, promotion: 0.3, price: 1 };
/** At the top there is no parent: effects around none. */
const TOP_DEVIATION = { weekday: 1, year: 0.3, week: 0.06, month: 0.1, event: 0.4, promotion: 1, price: 2 };
/** Variance of demand: dispersion x (mean + RELATIVE x mean^2), between counts and proportional noise. */
const RELATIVE = 0.05;
/** Working residuals are clipped at so many standard deviations, against one-off peaks. */
const CLIP = 4;
/** Neighbouring days err alike: so many of them count as one observation. */
export const RUN = 3;
/** Series err alike on the same day: their usual correlation, which makes many of them worth few. */
const CORRELATION = 0.1;
/** Days on each side of the slow level: a quarter. */
export const LEVEL_HALF_DAYS = 91;

/** Sums of a group's weighted normal equations around its current effects. */
export interface NormalSums {
  a: Float64Array;
  q: Float64Array;
  squares: number;
  count: number;
  /** Series that were pooled. */
  members: number;
}

export function emptySums(p: number): NormalSums {
  return { a: new Float64Array(p * p), q: new Float64Array(p), squares: 0, count: 0, members: 0 };
}

/** Weight of a working observation of mean `mu`, its clipped residual, and the Pearson residual. */
export function workingResidual(
  y: number,
  mu: number,
  sd: number,
): { weight: number; residual: number; pearson: number } {
  const weight = mu / (1 + RELATIVE * mu);
  const pearson = ((y - mu) / mu) * Math.sqrt(weight);
  const limit = CLIP * sd;
  const residual = Math.max(-limit, Math.min(limit, pearson)) / Math.sqrt(weight);
  return { weight, residual, pearson };
}

/** Demand of a series at level 1 by period: calendar part plus promotions and price. */
export function shapeOf(
  panel: Panel,
  design: Design,
  series: number,
  part: Float64Array,
  b: Float64Array,
  to: number,
): Float64Array {
  const shape = new Float64Array(to - design.start);
  const { promotion } = design;
  promotion.open(series);
  const first = calendarRow(panel, design, series, design.start);
  for (let i = 0; i < shape.length; i++) shape[i] = Math.exp(addRow(part[first + i]!, promotion, i, b));
  return shape;
}

/**
 * Normal equations of the effects of one group, all its series pooled, linearised at the effects `b`. Each series brings its
 * own slow level, so only the shape is pooled.
 *
 * @param members series of the group
 * @param sd standard deviation of Pearson residuals, to clip by
 */
export function groupSums(
  panel: Panel,
  design: Design,
  members: readonly number[],
  b: Float64Array,
  sd: number,
): NormalSums {
  const p = design.effects.length;
  const { calendar, promotion, start, origin } = design;
  const sums = { ...emptySums(p), members: members.length };
  const { a } = sums;
  const part = calendarPart(design, b);
  const weights = new Float64Array(calendar.count.length);
  const residuals = new Float64Array(calendar.count.length);
  const half = Math.round(LEVEL_HALF_DAYS / panel.periodDays);
  for (const series of members) {
    const demand = knownDemand(panel, design, series);
    const shape = shapeOf(panel, design, series, part, b, origin);
    const level = localLevel(demand, shape, half);
    for (let t = start; t < origin; t++) {
      const y = demand[t - start]!;
      const mu = level[t - start]! * shape[t - start]!;
      if (Number.isNaN(y) || !(mu > 0)) continue;
      const { weight, residual, pearson } = workingResidual(y, mu, sd);
      sums.squares += Math.min(CLIP * CLIP * sd * sd, pearson * pearson);
      sums.count++;
      const row = calendarRow(panel, design, series, t);
      weights[row]! += weight;
      residuals[row]! += weight * residual;
      const from = row * calendar.width;
      const to = from + calendar.count[row]!;
      const first = (t - start) * promotion.width;
      const last = first + promotion.count[t - start]!;
      for (let k = first; k < last; k++) {
        const column = promotion.column[k]!;
        const v = weight * promotion.value[k]!;
        sums.q[column]! += v * residual;
        for (let i = from; i < to; i++) a[column * p + calendar.column[i]!]! += v * calendar.value[i]!;
        for (let i = first; i <= k; i++) a[column * p + promotion.column[i]!]! += v * promotion.value[i]!;
      }
    }
  }
  for (let row = 0; row < weights.length; row++) {
    const weight = weights[row]!;
    if (weight === 0) continue;
    const from = row * calendar.width;
    const to = from + calendar.count[row]!;
    for (let i = from; i < to; i++) {
      const column = calendar.column[i]!;
      const v = weight * calendar.value[i]!;
      sums.q[column]! += residuals[row]! * calendar.value[i]!;
      for (let j = from; j <= i; j++) a[column * p + calendar.column[j]!]! += v * calendar.value[j]!;
    }
  }
  // from residuals around b to the right-hand side of the effects themselves
  for (let i = 0; i < p; i++) {
    for (let j = 0; j <= i; j++) {
      sums.q[i]! += sums.a[i * p + j]! * b[j]!;
      if (j < i) sums.q[j]! += sums.a[i * p + j]! * b[i]!;
    }
  }
  return sums;
}

/** Adds `other` to `sums`. */
export function addSums(sums: NormalSums, other: NormalSums): void {
  for (let i = 0; i < sums.a.length; i++) sums.a[i]! += other.a[i]!;
  for (let i = 0; i < sums.q.length; i++) sums.q[i]! += other.q[i]!;
  sums.squares += other.squares;
  sums.count += other.count;
  sums.members += other.members;
}

/** Effects that fit the sums, drawn towards the parent's (none at the top) by what is usual in each family. */
export function solveEffects(sums: NormalSums, effects: readonly Effect[], parent?: Float64Array): Float64Array {
  const p = effects.length;
  const alike = RUN * (1 + CORRELATION * Math.max(0, sums.members - 1));
  const dispersion = sums.count > 0 ? (alike * sums.squares) / sums.count : 1;
  const a = Float64Array.from(sums.a);
  const q = Float64Array.from(sums.q);
  const deviation = parent ? GROUP_DEVIATION : TOP_DEVIATION;
  effects.forEach(({ family }, i) => {
    const precision = Math.max(1e-6, dispersion / deviation[family] ** 2);
    a[i * p + i]! += precision;
    if (parent) q[i]! += precision * parent[i]!;
  });
  return solveSymmetric(a, q, p);
}
