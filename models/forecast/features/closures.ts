import type { Panel } from '../../panel.ts';
import { type Feature, fromPlan } from './feature.ts';
import type { Vantage } from './vantage.ts';

/** Closed periods in [from, to). */
function closedIn(at: Vantage, from: number, to: number): number {
  let closed = 0;
  for (let t = from; t < to; t++) if (at.isClosed(t)) closed++;
  return closed;
}

/** Closed now but not in the weeks around, as on a holiday. */
function isUnusual(at: Vantage, t: number): boolean {
  return at.isClosed(t) && !(at.isClosed(t - 7) && at.isClosed(t + 7));
}

/** Closures around the target: what cannot be bought on a closed day is bought before or after. None in weekly data. */
export function closureFeatures(panel: Panel): Feature[] {
  if (panel.frequency !== 'daily' || !panel.calendar.isClosed.includes(1)) return [];
  const feature = (name: string, unit: string, value: Feature['value']): Feature =>
    fromPlan({ name, unit, source: 'calendar', scope: 'target', value });
  return [
    feature('closed_yesterday', '0 open, 1 as every week, 2 unusual', (at) =>
      isUnusual(at, at.target - 1) ? 2 : at.isClosed(at.target - 1) ? 1 : 0,
    ),
    feature('closed_tomorrow', '0 open, 1 as every week, 2 unusual', (at) =>
      isUnusual(at, at.target + 1) ? 2 : at.isClosed(at.target + 1) ? 1 : 0,
    ),
    feature('closed_last_week', 'days of 7', (at) => closedIn(at, at.target - 7, at.target)),
    feature('closed_next_week', 'days of 7', (at) => closedIn(at, at.target + 1, at.target + 8)),
    feature('days_since_long_closure', 'days', (at) => {
      for (let k = 1; k <= 28; k++) {
        if (at.isClosed(at.target - k) && at.isClosed(at.target - k - 1) && at.isClosed(at.target - k - 2)) return k;
      }
      return Number.NaN;
    }),
    feature('days_to_long_closure', 'days', (at) => {
      for (let k = 1; k <= 28; k++) {
        if (at.isClosed(at.target + k) && at.isClosed(at.target + k + 1) && at.isClosed(at.target + k + 2)) return k;
      }
      return Number.NaN;
    }),
  ];
}
