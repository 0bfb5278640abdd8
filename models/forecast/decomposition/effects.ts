import { weekdayOf } from '../../../data/day.ts';
import { kindsApart, type Panel } from '../../panel.ts';
import { DRIVER_KINDS, type Drivers } from './drivers.ts';
import type { Groups } from './groups.ts';
import { createPromotionDepth } from './promotion-depth.ts';

/** What events and promotions multiply sales by, as learned so far. */
export interface Effects {
  /** Product of the effects of all drivers, or of those of one kind (index into `DRIVER_KINDS`). */
  events(s: number, t: number, kind?: number): number;
  promotion(s: number, t: number): number;
  total(s: number, t: number): number;
  /** Takes in the sales of one series and period beside what level and weekday let expect. */
  learn(s: number, t: number, sold: number, expected: number): void;
}

/** Sales of this many units weigh half as much as those of a large series: their ratio is that noisy. */
export const HALF_WEIGHT_UNITS = 5;
/** A single day says no more than this, times what was expected. */
const LARGEST_RATIO = 12;
const RARE = DRIVER_KINDS.indexOf('rare');
const KEEP_RARE = 0.8;
const KEEP_REGULAR = 0.99;
/** Sights of no effect that are mixed with a group's. */
const PRIOR = 1;
/** Sights of the group's effect that may be mixed with a series' own, and which of them a driver starts with. */
const SHARES = [0.25, 1, 4] as const;
const FIRST_SHARE = 1;
/** Added to a ratio before its log is taken, so that a day without a sale is no infinite miss. */
const LEAST_RATIO = 0.05;
/** Sights of no difference between weekdays that are mixed into a promotion's effect by weekday. */
const WEEKDAY_PRIOR = 4;

/**
 * Ratio estimates of every effect: series drawn to group, group to all, all to one (no effect).
 *
 * How far a series is drawn to its group is found for each driver: as far as would have foretold it best so far. Shops differ in
 * what a public holiday does to them (some are closed, the one in the station is full), and hardly in what Christmas does.
 */
export function createEffects(panel: Panel, drivers: Drivers, groups: Groups): Effects {
  const { seriesCount, locationOf, calendar, frequency, startDay, promotionKind } = panel;
  const { width, start, list, kind: kindOf } = drivers;
  // The last drivers: promotions of any kind and, where there are several, those of each kind, which are drawn to the former.
  const promotionDriver = drivers.count;
  const kinds = kindsApart(panel).length;
  const count = drivers.count + 1 + kinds;
  const all = groups.count;
  const sold = new Float32Array(seriesCount * count);
  const weight = new Float32Array(seriesCount * count);
  const groupSold = new Float64Array((groups.count + 1) * count);
  const groupWeight = new Float64Array((groups.count + 1) * count);
  const weekdaySold = new Float32Array(seriesCount * 7);
  const weekdayWeight = new Float32Array(seriesCount * 7);
  const hasPromotions = promotionKind.length > 0;
  const depth = createPromotionDepth(panel, groups);
  const share = new Float64Array(count).fill(SHARES[FIRST_SHARE]);
  /** Sum of squared log errors that each share would have made, [driver][share]. */
  const misses = new Float64Array(count * SHARES.length);

  const nearOf = (s: number, k: number): number => {
    const a = all * count + k;
    const g = groups.of[s]! * count + k;
    const usual = k > promotionDriver ? effectOf(s, promotionDriver) : 1;
    const common = (groupSold[a]! + PRIOR * usual) / (groupWeight[a]! + PRIOR);
    return (groupSold[g]! + PRIOR * common) / (groupWeight[g]! + PRIOR);
  };
  const mixed = (s: number, k: number, near: number, prior: number): number =>
    (sold[s * count + k]! + prior * near) / (weight[s * count + k]! + prior);
  const effectOf = (s: number, k: number): number => mixed(s, k, nearOf(s, k), share[k]!);
  const rowOf = (s: number, t: number): number => calendar.calendarOf[locationOf[s]!]! * width + t;
  const promotionIn = (s: number, t: number): number => (hasPromotions ? promotionKind[s * width + t]! : 0);

  const events = (s: number, t: number, kind = -1): number => {
    const row = rowOf(s, t);
    let product = 1;
    for (let i = start[row]!; i < start[row + 1]!; i++) {
      if (kind < 0 || kindOf[list[i]!] === kind) product *= effectOf(s, list[i]!);
    }
    return product;
  };
  const weekdayEffect = (s: number, t: number): number => {
    if (frequency === 'weekly') return 1;
    const at = s * 7 + weekdayOf(startDay + t);
    return (weekdaySold[at]! + WEEKDAY_PRIOR) / (weekdayWeight[at]! + WEEKDAY_PRIOR);
  };
  const driverOf = (kind: number): number => promotionDriver + (kinds > 0 ? kind : 0);
  const promotion = (s: number, t: number): number => {
    const kind = promotionIn(s, t);
    return kind > 0 ? effectOf(s, driverOf(kind)) * weekdayEffect(s, t) * depth.factor(s, t) : 1;
  };
  const total = (s: number, t: number): number => Math.max(0.02, events(s, t) * promotion(s, t));

  const chooseShare = (s: number, k: number, ratio: number, w: number): void => {
    const near = nearOf(s, k);
    const seen = Math.log(ratio + LEAST_RATIO);
    let best = 0;
    for (let i = 0; i < SHARES.length; i++) {
      const miss = seen - Math.log(mixed(s, k, near, SHARES[i]!) + LEAST_RATIO);
      misses[k * SHARES.length + i]! += w * miss * miss;
      if (misses[k * SHARES.length + i]! < misses[k * SHARES.length + best]!) best = i;
    }
    share[k] = SHARES[best]!;
  };

  const learnDriver = (s: number, k: number, ratio: number, w: number, keep: number): void => {
    const at = s * count + k;
    if (weight[at]! > 0) chooseShare(s, k, ratio, w);
    sold[at] = keep * sold[at]! + w * ratio;
    weight[at] = keep * weight[at]! + w;
    for (const g of [groups.of[s]!, all]) {
      groupSold[g * count + k]! += w * ratio;
      groupWeight[g * count + k]! += w;
    }
  };

  const learn = (s: number, t: number, y: number, expected: number): void => {
    const row = rowOf(s, t);
    const promoted = promotionIn(s, t);
    if (!(expected > 0) || (start[row] === start[row + 1] && promoted === 0)) return;
    const w = expected / (expected + HALF_WEIGHT_UNITS);
    const ratio = y / expected / total(s, t);
    const seen = (effect: number): number => Math.min(LARGEST_RATIO, Math.max(0, ratio) * effect);
    for (let i = start[row]!; i < start[row + 1]!; i++) {
      const k = list[i]!;
      learnDriver(s, k, seen(effectOf(s, k)), w, kindOf[k] === RARE ? KEEP_RARE : KEEP_REGULAR);
    }
    if (promoted === 0) return;
    const lift = promotion(s, t);
    depth.learn(s, t, seen(lift), lift, w);
    if (frequency === 'daily') {
      const at = s * 7 + weekdayOf(startDay + t);
      weekdaySold[at] = KEEP_REGULAR * weekdaySold[at]! + w * seen(weekdayEffect(s, t));
      weekdayWeight[at] = KEEP_REGULAR * weekdayWeight[at]! + w;
    }
    const ofKind = seen(effectOf(s, driverOf(promoted)));
    learnDriver(s, promotionDriver, ofKind, w, KEEP_REGULAR);
    if (kinds > 0) learnDriver(s, driverOf(promoted), ofKind, w, KEEP_REGULAR);
  };

  return { events, promotion, total, learn };
}
