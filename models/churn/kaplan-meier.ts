/** Share still in the stage after each length of stay at which somebody left it. */
export interface SurvivalCurve {
  /** Days, ascending. */
  days: Float64Array;
  /** Probability of staying longer than that. */
  survival: Float64Array;
  /** Stays that ended. */
  events: number;
}

/**
 * Kaplan and Meier's estimate from stays that ended and stays that still go on. O(n log n).
 *
 * @param days length of each stay so far
 * @param ended 1 where it ended
 * Source: Kaplan and Meier (1958), Journal of the American Statistical Association 53.
 */
export function kaplanMeier(days: ArrayLike<number>, ended: ArrayLike<number>): SurvivalCurve {
  const n = days.length;
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => days[i]! - days[j]! || i - j);
  const times: number[] = [];
  const survival: number[] = [];
  let alive = 1;
  let events = 0;
  for (let from = 0; from < n; ) {
    const time = days[order[from]!]!;
    let to = from;
    let ends = 0;
    while (to < n && days[order[to]!] === time) ends += ended[order[to++]!]!;
    if (ends > 0) {
      alive *= 1 - ends / (n - from);
      times.push(time);
      survival.push(alive);
      events += ends;
    }
    from = to;
  }
  return { days: Float64Array.from(times), survival: Float64Array.from(survival), events };
}

/** Smallest stay that a share `p` does not outlast; NaN where the curve does not fall so far. Median: p = 0.5. */
export function stayQuantile(curve: SurvivalCurve, p: number): number {
  const at = curve.survival.findIndex((survival) => survival <= 1 - p + 1e-12);
  return at < 0 ? Number.NaN : curve.days[at]!;
}

/** Probability of staying longer than `days`. */
export function survivalAt(curve: SurvivalCurve, days: number): number {
  let survival = 1;
  for (let i = 0; i < curve.days.length && curve.days[i]! <= days; i++) survival = curve.survival[i]!;
  return survival;
}
