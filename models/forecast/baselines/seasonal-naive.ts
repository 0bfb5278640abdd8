import { demandBefore, meanKnown, openOnly, shortSeason } from '../demand.ts';
import type { LocalForecaster } from '../forecaster.ts';

/** Seasons looked back for a value that is known, before giving up on the phase. */
const SEASONS_BACK = 8;

/**
 * The value one season ago (same weekday; last week where data are weekly), carried forward. Where that was out of stock
 * or closed, the season before it. The baseline of daily data. O(horizon).
 */
export const seasonalNaive: LocalForecaster = {
  name: 'seasonal_naive',
  forecast(panel, origin, horizon, series, out) {
    const demand = demandBefore(panel, origin, series);
    const m = shortSeason(panel);
    for (let h = 0; h < horizon; h++) {
      let value = Number.NaN;
      for (let back = 0; back < SEASONS_BACK && Number.isNaN(value); back++) {
        const at = demand.length - m + (h % m) - back * m;
        if (at >= 0) value = demand[at]!;
      }
      out[h] = Number.isNaN(value) ? meanKnown(demand, demand.length - 4 * m) : value;
    }
    openOnly(panel, origin, series, out);
  },
};
