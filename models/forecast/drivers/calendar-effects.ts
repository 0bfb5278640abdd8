import type { Panel } from '../../panel.ts';
import { calendarRow, type Design, designOf } from '../calendar-rows.ts';
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

/** What the calendar regression knows nothing of. */
const UNSEEN: Switch = 'macro';

/**
 * The forecasts of a calendar regression without holidays, without promotions and without changes of price: as all effects
 * multiply, those of the columns that a day would have had are put in the place of those it has. O(switches x (design +
 * series x horizon x entries)).
 */
export function createCalendarEffects(panel: Panel, design: Design, horizon: number): CalendarEffects {
  const { start, origin } = design;
  const variants = SWITCHES.filter((name) => name !== UNSEEN && hasSwitch(panel, origin, name)).map((name) => {
    const variant = switchOff(panel, origin, new Set([name]));
    return { panel: variant, design: designOf(variant, start, origin, horizon), name };
  });
  const without: Without = {};
  for (const { name } of variants) without[name] = new Float32Array(panel.seriesCount * horizon);
  return {
    without,
    add(series, effects, mean) {
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

/** Sum of the log effects of each period ahead. */
function logs(panel: Panel, design: Design, series: number, effects: Float64Array, horizon: number): Float64Array {
  const { calendar, promotion, origin } = design;
  promotion.open(series);
  return Float64Array.from({ length: horizon }, (_, h) => {
    let log = 0;
    const row = calendarRow(panel, design, series, origin + h);
    const from = row * calendar.width;
    for (let i = from; i < from + calendar.count[row]!; i++) log += effects[calendar.column[i]!]! * calendar.value[i]!;
    const count = promotion.row(origin + h);
    for (let i = 0; i < count; i++) log += effects[promotion.column[i]!]! * promotion.value[i]!;
    return log;
  });
}
