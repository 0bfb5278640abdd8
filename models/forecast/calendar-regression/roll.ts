import type { Panel } from '../../panel.ts';
import { demandBefore, openOnly } from '../demand.ts';
import type { OriginForecast } from '../forecaster.ts';
import { HISTORY_DAYS, recentLevel } from './calendar-regression.ts';
import { fitSeries } from './deviation.ts';
import { fitShared } from './groups.ts';
import { promotionDesign } from './promotion-design.ts';
import { calendarPart, calendarRow, type Design, designOf } from './rows.ts';
import { addRow } from './sparse-rows.ts';

/** Days that the level is read from: seven half-lives of the slower one, beyond which nothing weighs. */
const LEVEL_DAYS = 294;

/**
 * The calendar regression from several mornings with one fit: effects are fitted in the first morning, and in each later one the
 * level of every series is read anew from the sales that have come in, and promotions and prices from what is announced by then.
 *
 * @param origins ascending, a few weeks apart at most
 * @param panelAt the panel as it was known in the morning of an origin
 * @returns means of all series for each origin, [series][horizon]. A fit costs about what `forecastCalendar` does, each further
 *   morning a tenth of it
 */
export function rollCalendar(
  origins: readonly number[],
  horizon: number,
  panelAt: (origin: number) => Panel,
): Float32Array[] {
  const first = origins[0]!;
  const fitted = panelAt(first);
  const start = Math.max(0, first - Math.round(HISTORY_DAYS / fitted.periodDays));
  const end = origins.at(-1)! + horizon;
  const design = designOf(fitted, start, first, end - first);
  const effects = fitEffects(fitted, design);
  return origins.map((origin) => {
    const panel = origin === first ? fitted : panelAt(origin);
    const known = { ...design, promotion: promotionDesign(panel, start, first, end, design.calendarColumns) };
    const from = Math.max(start, origin - Math.round(LEVEL_DAYS / panel.periodDays));
    const mean = new Float32Array(panel.seriesCount * horizon);
    const out = new Float64Array(horizon);
    for (let s = 0; s < panel.seriesCount; s++) {
      const shape = shapeBetween(panel, known, s, effects[s]!, from, origin + horizon);
      const demand = demandBefore(panel, origin, s, from);
      for (let t = from; t < Math.min(origin, panel.firstPeriod[s]!); t++) demand[t - from] = Number.NaN;
      const level = recentLevel(demand, shape, panel.periodDays);
      for (let h = 0; h < horizon; h++) out[h] = level * shape[origin - from + h]!;
      openOnly(panel, origin, s, out);
      mean.set(out, s * horizon);
    }
    return mean;
  });
}

/** The worker task: as `rollCalendar`, over the panel that all tasks share. */
export const rollCalendarTask = (
  { origins, horizon }: { origins: readonly number[]; horizon: number },
  { panel }: { panel: Panel },
): OriginForecast[] => rollCalendar(origins, horizon, () => panel).map((mean, k) => ({ origin: origins[k]!, mean }));

/** Log effects of every series by column of the design. */
function fitEffects(panel: Panel, design: Design): Float64Array[] {
  const shared = fitShared(panel, design);
  const parts = shared.effects.map((effects) => calendarPart(design, effects));
  return Array.from({ length: panel.seriesCount }, (_, s) => {
    const group = shared.groupOf[s]!;
    return fitSeries(panel, design, s, parts[group]!, shared.effects[group]!, design.origin).effects;
  });
}

/** Demand of a series at level 1 over the periods `from` to before `to`. */
function shapeBetween(
  panel: Panel,
  design: Design,
  series: number,
  effects: Float64Array,
  from: number,
  to: number,
): Float64Array {
  const { calendar, promotion } = design;
  promotion.open(series);
  return Float64Array.from({ length: to - from }, (_, i) => {
    const log = addRow(0, calendar, calendarRow(panel, design, series, from + i), effects);
    return Math.exp(addRow(log, promotion, from + i - design.start, effects));
  });
}
