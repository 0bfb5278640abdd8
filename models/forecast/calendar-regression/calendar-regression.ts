import type { Panel } from '../../panel.ts';
import { openOnly } from '../demand.ts';
import { createCalendarEffects } from '../drivers/calendar-effects.ts';
import type { OriginForecast } from '../forecaster.ts';
import { fitSeries } from './deviation.ts';
import { fitShared } from './groups.ts';
import { calendarPart, type Design, designOf, knownDemand } from './rows.ts';

/** History used: three years. */
export const HISTORY_DAYS = 1095;
/** The two levels that are averaged weigh sales by half for each so many days back. */
const HALF_LIVES_DAYS = [7, 42];
/** What was sold before a gap does not age any more after so many days of it: the first day after it is no level on its own. */
const LONGEST_GAP_DAYS = 7;

export interface CalendarRequest {
  origins: number[];
  horizon: number;
  /** Whether to tell what holidays, promotions and prices do. */
  isTakenApart?: boolean;
}

/**
 * What a planner knows, as one multiplicative model: recent level x weekday x promotion (by weekday, depth and price) x
 * events and the days around them x place in the year and in the month. Effects are fitted by quasi-likelihood (log link,
 * variance between counts and proportional), pooled over a product's locations and drawn towards its category; each
 * series then deviates as far as its data carry it. Zero sales are as good as any others; nothing is logged.
 *
 * @returns means of all series for each origin, [series][horizon]; each origin has a fit of its own on earlier sales only.
 *   O(series x history x entries per row), about 1 s for 1,680 x 1,095
 */
export function forecastCalendar(
  { origins, horizon, isTakenApart }: CalendarRequest,
  { panel }: { panel: Panel },
): OriginForecast[] {
  return origins.map((origin) => {
    const start = Math.max(0, origin - Math.round(HISTORY_DAYS / panel.periodDays));
    const design = designOf(panel, start, origin, horizon);
    const shared = fitShared(panel, design);
    const parts = shared.effects.map((effects) => calendarPart(design, effects));
    const mean = new Float32Array(panel.seriesCount * horizon);
    const out = new Float64Array(horizon);
    const apart = isTakenApart ? createCalendarEffects(panel, design, horizon) : undefined;
    for (let s = 0; s < panel.seriesCount; s++) {
      const group = shared.groupOf[s]!;
      const effects = forecastSeries(panel, design, s, parts[group]!, shared.effects[group]!, out);
      openOnly(panel, origin, s, out);
      mean.set(out, s * horizon);
      apart?.add(s, effects, out);
    }
    return { origin, mean, without: apart?.without };
  });
}

/** @returns the series' log effects by column of the design */
function forecastSeries(
  panel: Panel,
  design: Design,
  s: number,
  part: Float64Array,
  effects: Float64Array,
  out: Float64Array,
): Float64Array {
  const { start, origin } = design;
  const known = origin - start;
  const demand = knownDemand(panel, design, s);
  const { shape, effects: own } = fitSeries(panel, design, s, part, effects, origin + out.length);
  const level = recentLevel(demand, shape, panel.periodDays);
  for (let h = 0; h < out.length; h++) out[h] = level * shape[known + h]!;
  return own;
}

/**
 * Level that is forecast: units sold over units expected at level 1, recent ones weighing more; the geometric mean of a quick
 * and a slow one, so that it follows a change without swallowing a bad week whole.
 */
export function recentLevel(demand: Float64Array, shape: Float64Array, periodDays: number): number {
  let product = 1;
  for (const halfLife of HALF_LIVES_DAYS) {
    const keep = 0.5 ** (periodDays / halfLife);
    let sold = 0;
    let usual = 0;
    let gap = 0;
    for (let i = 0; i < demand.length; i++) {
      const isKnown = !Number.isNaN(demand[i]!);
      gap = isKnown ? 0 : gap + periodDays;
      if (gap > LONGEST_GAP_DAYS) continue;
      sold *= keep;
      usual *= keep;
      if (!isKnown) continue;
      sold += demand[i]!;
      usual += shape[i]!;
    }
    product *= usual > 0 ? sold / usual : 0;
  }
  return product ** (1 / HALF_LIVES_DAYS.length);
}
