import { dayOf } from '../data/day.ts';
import type { Means } from './published-means.ts';

/** Units by series and day ahead; days that are not judged are missing. */
export type Actuals = ReadonlyMap<string, readonly number[]>;

/** What was sold on the days from a morning on. */
export function actualsOf(
  rows: readonly (readonly [series: string, day: string, sold: number])[],
  morning: string,
  horizon: number,
): Actuals {
  const actual = new Map<string, number[]>();
  for (const [series, day, sold] of rows) {
    const h = dayOf(day) - dayOf(morning);
    if (h < 0 || h >= horizon) continue;
    if (!actual.has(series)) actual.set(series, []);
    actual.get(series)![h] = sold;
  }
  return actual;
}

/** Mean over all known days of an error of actual and forecast. */
export function meanError(actual: Actuals, means: Means, error: (actual: number, forecast: number) => number): number {
  let [sum, days] = [0, 0];
  for (const [series, values] of actual) {
    values.forEach((value, h) => {
      sum += error(value, means.get(series)![h]!);
      days++;
    });
  }
  return sum / days;
}

/** Mean of 200 |y - f| / (|y| + |f|), 0 where both are 0, in per cent. */
export const smape = (actual: Actuals, means: Means): number =>
  meanError(actual, means, (y, f) => (y === f ? 0 : (200 * Math.abs(y - f)) / (Math.abs(y) + Math.abs(f))));
