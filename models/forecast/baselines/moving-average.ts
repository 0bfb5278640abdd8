import { demandBefore, openOnly, shortSeason } from '../demand.ts';
import type { LocalForecaster } from '../forecaster.ts';
import { seasonProfile } from './weekday-profile.ts';

/** Periods averaged: four weeks of days, or a quarter of weeks. */
const DAYS = 28;
const WEEKS = 13;
/** Weeks that the weekday profile is taken from. */
const PROFILE_WEEKS = 12;

/**
 * Mean of the last four weeks of days (13 weeks in weekly data) that were open and in stock, spread over the weekdays as
 * in the last twelve weeks. The baseline of weekly data and the fallback of new series. O(history).
 */
export const movingAverage: LocalForecaster = {
  name: 'moving_average',
  forecast(panel, origin, horizon, series, out) {
    const demand = demandBefore(panel, origin, series);
    const m = shortSeason(panel);
    const profile = seasonProfile(demand, m, PROFILE_WEEKS);
    const wanted = m === 1 ? WEEKS : DAYS;
    let sum = 0;
    let weight = 0;
    let found = 0;
    for (let i = demand.length - 1; i >= 0 && found < wanted; i--) {
      if (Number.isNaN(demand[i]!)) continue;
      sum += demand[i]!;
      weight += profile[(((i - demand.length) % m) + m) % m]!;
      found++;
    }
    const level = weight > 0 ? sum / weight : 0;
    for (let h = 0; h < horizon; h++) out[h] = level * profile[h % m]!;
    openOnly(panel, origin, series, out);
  },
};
