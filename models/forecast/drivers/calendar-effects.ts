import type { Panel } from '../../panel.ts';
import type { EffectFamily } from '../calendar-regression/design.ts';
import { calendarRow, type Design, designOf } from '../calendar-regression/rows.ts';
import { addRow } from '../calendar-regression/sparse-rows.ts';
import type { Without } from '../forecaster.ts';
import { hasSwitch, SWITCHES, type Switch, switchOff } from './switch-off.ts';

/** Takes calendar regressions apart, series by series. */
export interface CalendarEffects {
  /** Filled by `add`. */
  without: Without;
  /**
   * @param effects log effects of the series by column of the design
   * @param mean its forecast, [horizon]
   */
  add(series: number, effects: Float64Array, mean: Float64Array): void;
}

/** Effects that make the season of the year, and the days before the origin against which it is told. */
const SEASON: readonly EffectFamily[] = ['year', 'week', 'month'];
const SEASON_DAYS = 28;
/** What the calendar regression knows nothing of. */
const UNSEEN: Switch = 'macro';

/**
 * The forecasts of a calendar regression without holidays, without promotions, without changes of price, and with the season of
 * the last four weeks: as all effects multiply, those of the columns that a day would have had are put in the place of those it has. O(switches x (design +
 * series x horizon x entries)).
 */
export function createCalendarEffects(panel: Panel, design: Design, horizon: number): CalendarEffects {
  const { start, origin } = design;
  const variants = SWITCHES.filter((name) => name !== UNSEEN && hasSwitch(panel, origin, name)).map((name) => {
    const variant = switchOff(panel, origin, new Set([name]));
    return { panel: variant, design: designOf(variant, start, origin, horizon), name };
  });
  const seasonal = Uint8Array.from(design.effects, ({ family }) => (SEASON.includes(family) ? 1 : 0));
  const without: Without = {};
  if (seasonal.includes(1)) without.year = new Float32Array(panel.seriesCount * horizon);
  for (const { name } of variants) without[name] = new Float32Array(panel.seriesCount * horizon);
  return {
    without,
    add(series, effects, mean) {
      if (without.year)
        without.year.set(withoutSeason(panel, design, series, effects, seasonal, mean), series * horizon);
      if (variants.length === 0) return;
      const full = logs(panel, design, series, effects, horizon);
      for (const variant of variants) {
        const log = logs(variant.panel, variant.design, series, effects, horizon);
        for (let h = 0; h < horizon; h++) {
          without[variant.name]![series * horizon + h] = mean[h]! * Math.exp(log[h]! - full[h]!);
        }
      }
    },
  };
}

/** The forecast with the mean season of the weeks before the origin in the place of each period's own. */
function withoutSeason(
  panel: Panel,
  design: Design,
  series: number,
  effects: Float64Array,
  seasonal: Uint8Array,
  mean: Float64Array,
): Float64Array {
  const { calendar, origin, start } = design;
  const logAt = (t: number): number => {
    let log = 0;
    const row = calendarRow(panel, design, series, t);
    for (let i = row * calendar.width; i < row * calendar.width + calendar.count[row]!; i++) {
      if (seasonal[calendar.column[i]!] === 1) log += effects[calendar.column[i]!]! * calendar.value[i]!;
    }
    return log;
  };
  const span = Math.min(origin - start, Math.max(1, Math.round(SEASON_DAYS / panel.periodDays)));
  let recent = 0;
  for (let t = origin - span; t < origin; t++) recent += Math.exp(logAt(t)) / span;
  return mean.map((value, h) => (value * recent) / Math.exp(logAt(origin + h)));
}

/** Sum of the log effects of each period ahead. */
function logs(panel: Panel, design: Design, series: number, effects: Float64Array, horizon: number): Float64Array {
  const { calendar, promotion, start, origin } = design;
  promotion.open(series);
  return Float64Array.from({ length: horizon }, (_, h) => {
    const log = addRow(0, calendar, calendarRow(panel, design, series, origin + h), effects);
    return addRow(log, promotion, origin + h - start, effects);
  });
}
