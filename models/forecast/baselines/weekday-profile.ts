/** Pseudo-observations of an even week mixed into each weekday's mean, so that thin data give a flat profile. */
const PRIOR_WEEKS = 2;

/**
 * How demand spreads over the phases of a season, mean 1, from the last `seasons` seasons.
 *
 * @param demand values by period, NaN where unknown; the last one is the period before the origin
 * @param m periods in a season
 * @returns factors by phase counted from the origin: `[0]` is for the origin itself
 */
export function seasonProfile(demand: Float64Array, m: number, seasons: number): Float64Array {
  const profile = new Float64Array(m).fill(1);
  if (m === 1) return profile;
  const sums = new Float64Array(m);
  const counts = new Float64Array(m);
  const start = Math.max(0, demand.length - m * seasons);
  for (let i = start; i < demand.length; i++) {
    if (Number.isNaN(demand[i]!)) continue;
    const phase = (((i - demand.length) % m) + m) % m;
    sums[phase]! += demand[i]!;
    counts[phase]!++;
  }
  let total = 0;
  let phases = 0;
  for (let k = 0; k < m; k++) {
    if (counts[k] === 0) continue;
    total += sums[k]! / counts[k]!;
    phases++;
  }
  const mean = phases > 0 ? total / phases : 0;
  if (!(mean > 0)) return profile;
  for (let k = 0; k < m; k++) profile[k] = (sums[k]! / mean + PRIOR_WEEKS) / (counts[k]! + PRIOR_WEEKS);
  return profile;
}
