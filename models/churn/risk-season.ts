import type { KnownOutcome } from './risk-features.ts';
import { logistic, logit } from './special-functions.ts';

const YEAR_DAYS = 365;
/** A cutoff this near to a year ago speaks of the same season. */
const SEASON_TOLERANCE_DAYS = 20;
/** Customers at which the season seen a year ago counts half. */
const HALF_TRUST_CUSTOMERS = 50;

/** The shift of the log odds that brings their mean probability to `target`. Newton's method, O(n) a step. */
export function levelShift(logOdds: ArrayLike<number>, target: number): number {
  const n = logOdds.length;
  const wanted = Math.min(1 - 1e-4, Math.max(1e-4, target)) * n;
  let shift = 0;
  for (let step = 0; step < 100; step++) {
    let [sum, slope] = [0, 0];
    for (let i = 0; i < n; i++) {
      const p = logistic(logOdds[i]! + shift);
      sum += p;
      slope += p * (1 - p);
    }
    const move = Math.max(-2, Math.min(2, (wanted - sum) / Math.max(slope, 1e-9)));
    shift += move;
    if (Math.abs(move) < 1e-10) break;
  }
  return shift;
}

/**
 * How far BG/NBD, which knows no season, missed the share that left in the same weeks a year before `cutoff`, as a
 * shift of the log odds; 0 where no cutoff of a year ago is known.
 */
export function seasonShift(known: readonly KnownOutcome[], cutoff: number): number {
  const distance = (outcome: KnownOutcome): number => Math.abs(outcome.features.history.cutoff + YEAR_DAYS - cutoff);
  const near = known
    .filter((outcome) => distance(outcome) <= SEASON_TOLERANCE_DAYS && outcome.left.length > 0)
    .sort((a, b) => distance(a) - distance(b))[0];
  if (!near) return 0;
  const n = near.left.length;
  const share = near.left.reduce((sum, value) => sum + value, 0) / n;
  const shift = levelShift(
    Array.from(near.features.bgNbdRisk, (p) => logit(p, 1e-4)),
    share,
  );
  return (shift * n) / (n + HALF_TRUST_CUSTOMERS);
}

/** The same risks with their log odds shifted. */
export function shifted(risk: Float64Array, shift: number): Float64Array {
  return shift === 0 ? risk : risk.map((p) => logistic(logit(p, 1e-9) + shift));
}
