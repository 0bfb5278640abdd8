import type { Panel } from '../../panel.ts';
import { exact } from '../hierarchy.ts';
import { splitBase } from './base-parts.ts';
import { hasSwitch, SWITCHES, type Switch } from './switch-off.ts';

export const DRIVERS = ['level', 'trend', 'week', 'year', 'holiday', 'promotion', 'price', 'macro', 'rest'] as const;
export type Driver = (typeof DRIVERS)[number];

/** What each driver adds to the forecast, in units, [series][horizon]. */
export type Contributions = Record<Driver, Float64Array>;

/** The forecast of all series as it would be with some things switched off: means [series][horizon]. */
export type VariantForecaster = (off: ReadonlySet<Switch>) => ArrayLike<number>;

/**
 * Takes a forecast apart into what each driver adds. Macro indicators, prices, promotions and holidays are switched off one after
 * the other in the model itself, once in this order and once in the reverse, and the two differences averaged, so that drivers
 * that act together share what they do together (the mean of two orders of the Shapley value; Strumbelj and Kononenko 2014,
 * Knowledge and Information Systems 41). What remains without them is split into level, trend and seasons.
 *
 * All parts are multiples of 2^-10 and their sum is exactly the forecast rounded to such a multiple.
 *
 * @param forecast the published forecast; called at most 2 x 4 times, less where the panel lacks a driver
 * @param origin first period of the forecast
 * @param season of the year: factor of each period against the four weeks before the origin, [series][horizon]
 */
export function driverContributions(
  panel: Panel,
  origin: number,
  forecast: VariantForecaster,
  season: Float64Array,
): Contributions {
  const full = Float64Array.from(forecast(new Set()));
  const switches = SWITCHES.filter((name) => hasSwitch(panel, origin, name));
  const known = new Map<string, Float64Array>([['', full]]);
  const without = (off: readonly Switch[]): Float64Array => {
    const key = SWITCHES.filter((name) => off.includes(name)).join(' ');
    const found = known.get(key) ?? Float64Array.from(forecast(new Set(off)));
    known.set(key, found);
    return found;
  };
  const parts = Object.fromEntries(DRIVERS.map((name) => [name, new Float64Array(full.length)])) as Contributions;
  for (const order of [switches, switches.toReversed()]) {
    order.forEach((name, i) => {
      const before = without(order.slice(0, i));
      const after = without(order.slice(0, i + 1));
      for (let c = 0; c < full.length; c++) parts[name][c]! += (before[c]! - after[c]!) / 2;
    });
  }
  const base = without(switches);
  const horizon = panel.seriesCount > 0 ? full.length / panel.seriesCount : 0;
  for (let s = 0; s < panel.seriesCount; s++) {
    const cells = [s * horizon, (s + 1) * horizon] as const;
    const split = splitBase(panel, origin, s, base.subarray(...cells), season.subarray(...cells));
    for (const name of ['level', 'trend', 'week', 'year'] as const) parts[name].set(split[name], s * horizon);
  }
  for (let c = 0; c < full.length; c++) {
    let explained = 0;
    for (const name of DRIVERS) {
      if (name === 'rest') continue;
      parts[name][c] = exact(parts[name][c]!);
      explained += parts[name][c]!;
    }
    parts.rest[c] = exact(full[c]!) - explained;
  }
  return parts;
}
