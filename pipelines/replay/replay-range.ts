import { type EpochDay, isoDateOf } from '../../data/day.ts';
import { LeadtimeError } from '../../errors.ts';

/** Days of a stretch: four weeks, so that each has every weekday alike. */
export const STRETCH_DAYS = 28;
/** Days played before costs count, so that each policy brings its own orders under way: more than most lead times. */
export const WARM_UP_DAYS = 56;
/** Days of forecasts before the first day, from which it is known how far off they were. */
const ERROR_DAYS = 168;
/** Days of sales that a forecast needs before it. */
const LEAST_HISTORY_DAYS = 56;

/** The time axis of a replay, in periods of the panel. */
export interface ReplayRange {
  /** Period that is day 0, the first one played. */
  base: number;
  /** Periods played before costs count. */
  warmUp: number;
  /** Periods played in all; the last ends with the day before `endsOn`. */
  days: number;
  /** First and last day that count, and the morning after. */
  from: EpochDay;
  end: EpochDay;
  /** First days of the stretches that count, after the warm-up; they are cut back from the end. */
  stretches: number[];
  /** Periods in whose morning all series are forecast anew. */
  origins: number[];
}

/**
 * Lays a replay out over the panel.
 *
 * @param from first day that counts, and `to` the last one
 * @throws LeadtimeError `REPLAY_EMPTY` where history does not reach so far
 */
export function replayRange(
  { startDay, periods, periodDays }: { startDay: EpochDay; periods: number; periodDays: number },
  from: EpochDay,
  to: EpochDay,
): ReplayRange {
  const per = (days: number): number => Math.ceil(days / periodDays);
  const end = Math.min(periods, Math.floor((to + 1 - startDay) / periodDays));
  const first = Math.ceil((from - startDay) / periodDays);
  const least = per(LEAST_HISTORY_DAYS) + per(WARM_UP_DAYS);
  if (first < least || first >= end) {
    const asked = `${isoDateOf(from)} to ${isoDateOf(to)}`;
    throw new LeadtimeError(
      'REPLAY_EMPTY',
      `Nothing can be replayed from ${asked}.`,
      `Sales are known from ${isoDateOf(startDay)} to ${isoDateOf(startDay + periods * periodDays - 1)}; a replay needs ${LEAST_HISTORY_DAYS + WARM_UP_DAYS} days of them before its first.`,
      { value: asked },
    );
  }
  const base = first - per(WARM_UP_DAYS);
  const stretch = per(STRETCH_DAYS);
  const stretches: number[] = [];
  for (let t = end; t > first; t -= stretch) stretches.unshift(Math.max(first, t - stretch) - base);
  const week = per(7);
  const earliest = Math.max(per(LEAST_HISTORY_DAYS), base - per(ERROR_DAYS));
  const origins: number[] = [];
  for (let origin = base; origin >= earliest; origin -= 2 * week) origins.unshift(origin);
  for (let origin = base + week; origin < end; origin += week) origins.push(origin);
  return {
    base,
    warmUp: first - base,
    days: end - base,
    from: startDay + first * periodDays,
    end: startDay + end * periodDays,
    stretches,
    origins,
  };
}
