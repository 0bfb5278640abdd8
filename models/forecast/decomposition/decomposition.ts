import { weekdayOf } from '../../../data/day.ts';
import type { Panel } from '../../panel.ts';
import type { Drivers } from './drivers.ts';
import { createEffects, HALF_WEIGHT_UNITS } from './effects.ts';
import type { Groups } from './groups.ts';

/** Smoothing per period of the fast, middle and slow level: memories of about 1, 4 and 13 weeks. */
const LEVEL_SMOOTHING = { daily: [1 / 7, 1 / 28, 1 / 91], weekly: [1 / 2, 1 / 5, 1 / 13] } as const;
/** Memory of the weekday factors, in weeks. */
const WEEKDAY_WEEKS = 16;
/** Weeks of the group's weekday factors that are mixed with a series' own, and units that are mixed in at least. */
const PRIOR_WEEKS = 2;
const PRIOR_UNITS = 10;
/** Effects under this say that hardly anything was sold: the day tells nothing about the level. */
const BLIND_EFFECT = 0.3;
const NOISE_SMOOTHING = 0.02;

/** What is known of every series after the periods fed so far: level x weekday x effects. */
export interface Decomposition {
  /** Takes period `t` in; periods are fed in order. */
  advance(t: number): void;
  /** Fast, middle and slow level of series `s` in units per period; NaN before its first sale is seen. */
  level(s: number, speed: 0 | 1 | 2): number;
  /** Factor of the weekday of period `t`; about 1 on average. */
  weekdayFactor(s: number, t: number): number;
  /** Product of the effects of all drivers of period `t`, or of those of a kind (index into `DRIVER_KINDS`). */
  eventFactor(s: number, t: number, kind?: number): number;
  /** What the promotion in period `t` multiplies sales by. */
  promotionFactor(s: number, t: number): number;
  /** Squared coefficient of variation of what this decomposition leaves unexplained. */
  noise(s: number): number;
  /** Sales without weekday and effects, in units, [series][periods]; NaN where nothing is known. */
  adjusted: Float32Array;
  /** Sums of `adjusted` over the group, with the level where a series is not known, [group][periods]. */
  groupAdjusted: Float64Array;
  /** The same over the series of a location, [location][periods]. */
  locationAdjusted: Float64Array;
  /** The same over all series, [periods]. */
  totalAdjusted: Float64Array;
}

/**
 * Splits sales into level, weekday and effects of events and promotions while time goes on, so that at each period only
 * the past has been used. All estimates are ratios of sums (what was sold over what was expected), which suits counts
 * with zeros, and are drawn towards those of the group. O(series) per period and event.
 */
export function createDecomposition(panel: Panel, drivers: Drivers, groups: Groups): Decomposition {
  const { periods, seriesCount, quantity, inStock, firstPeriod, locationOf, calendar, frequency } = panel;
  const seasonLength = frequency === 'daily' ? 7 : 1;
  const smoothing = LEVEL_SMOOTHING[frequency];
  const sold = new Float64Array(seriesCount * 3);
  const exposed = new Float64Array(seriesCount * 3);
  const weekdaySold = new Float64Array(seriesCount * seasonLength);
  const weekdayExpected = new Float64Array(seriesCount * seasonLength);
  const groupWeekdaySold = new Float64Array(groups.count * seasonLength);
  const groupWeekdayExpected = new Float64Array(groups.count * seasonLength);
  const errors = new Float64Array(seriesCount);
  const expectations = new Float64Array(seriesCount);
  const adjusted = new Float32Array(seriesCount * periods).fill(Number.NaN);
  const totalAdjusted = new Float64Array(periods);
  const locationAdjusted = new Float64Array(panel.locations.ids.length * periods);
  const groupAdjusted = new Float64Array(groups.count * periods);
  const effects = createEffects(panel, drivers, groups);
  const season = (t: number): number => (seasonLength === 7 ? weekdayOf(panel.startDay + t) : 0);

  const level = (s: number, speed: number): number => sold[s * 3 + speed]! / exposed[s * 3 + speed]!;

  const factorOf = (s: number, w: number): number => {
    if (seasonLength === 1) return 1;
    const g = groups.of[s]! * seasonLength + w;
    const common = (groupWeekdaySold[g]! + 1) / (groupWeekdayExpected[g]! + 1);
    const expected = weekdayExpected[s * seasonLength + w]!;
    const base = level(s, 2);
    const prior = PRIOR_WEEKS * base + PRIOR_UNITS;
    return Number.isFinite(base) ? (weekdaySold[s * seasonLength + w]! + prior * common) / (expected + prior) : common;
  };

  const isKnown = (s: number, t: number): boolean =>
    t >= firstPeriod[s]! &&
    Number.isFinite(quantity[s * periods + t]!) &&
    inStock[s * periods + t] === 1 &&
    calendar.isClosed[calendar.calendarOf[locationOf[s]!]! * drivers.width + t] !== 1;

  const learnWeekday = (s: number, w: number, value: number): void => {
    const base = level(s, 2);
    if (seasonLength === 1 || !(base > 0)) return;
    const at = s * seasonLength + w;
    const keep = 1 - 1 / WEEKDAY_WEEKS;
    weekdaySold[at] = keep * weekdaySold[at]! + value;
    weekdayExpected[at] = keep * weekdayExpected[at]! + base;
    const g = groups.of[s]! * seasonLength + w;
    const weight = 1 / (base + HALF_WEIGHT_UNITS);
    const groupKeep = 1 - 1 / (WEEKDAY_WEEKS * groups.sizes[groups.of[s]!]!);
    groupWeekdaySold[g] = groupKeep * groupWeekdaySold[g]! + weight * value;
    groupWeekdayExpected[g] = groupKeep * groupWeekdayExpected[g]! + weight * base;
  };

  const learnSeries = (s: number, t: number, w: number): void => {
    const y = Math.max(0, quantity[s * periods + t]!);
    const factor = factorOf(s, w);
    const expected = level(s, 1) * factor;
    const effect = effects.total(s, t);
    if (expected >= 0) {
      errors[s] = (1 - NOISE_SMOOTHING) * errors[s]! + (y - expected * effect) ** 2;
      expectations[s] = (1 - NOISE_SMOOTHING) * expectations[s]! + (expected * effect) ** 2;
    }
    if (effect < BLIND_EFFECT) return;
    adjusted[s * periods + t] = y / effect / Math.max(factor, 0.05);
    for (let i = 0; i < 3; i++) {
      const keep = 1 - smoothing[i]!;
      sold[s * 3 + i] = keep * sold[s * 3 + i]! + y / effect;
      exposed[s * 3 + i] = keep * exposed[s * 3 + i]! + factor;
    }
    learnWeekday(s, w, y / effect);
  };

  const advance = (t: number): void => {
    const w = season(t);
    for (let s = 0; s < seriesCount; s++) {
      if (isKnown(s, t)) effects.learn(s, t, quantity[s * periods + t]!, level(s, 1) * factorOf(s, w));
    }
    for (let s = 0; s < seriesCount; s++) {
      if (isKnown(s, t)) learnSeries(s, t, w);
      const value = adjusted[s * periods + t]!;
      const stand = Number.isFinite(value) ? value : level(s, 1);
      if (!Number.isFinite(stand)) continue;
      groupAdjusted[groups.of[s]! * periods + t]! += stand;
      locationAdjusted[locationOf[s]! * periods + t]! += stand;
      totalAdjusted[t]! += stand;
    }
  };

  return {
    advance,
    level,
    weekdayFactor: (s, t) => factorOf(s, season(t)),
    eventFactor: effects.events,
    promotionFactor: effects.promotion,
    noise: (s) => (expectations[s]! > 0 ? errors[s]! / expectations[s]! : 1),
    adjusted,
    groupAdjusted,
    locationAdjusted,
    totalAdjusted,
  };
}
