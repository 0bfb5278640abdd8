import type { Panel } from '../../panel.ts';
import { demandBefore, meanKnown, openOnly, shortSeason } from '../demand.ts';
import type { LocalForecaster } from '../forecaster.ts';
import { type EtsFit, etsMeans, fitBestEts, fitEts } from './ets-fit.ts';
import { type EtsForm, formsFor } from './ets-form.ts';

/** Periods fitted: two years of days or ten of weeks; older ones no longer move the states. */
const DAYS = 728;
const WEEKS = 520;
/** Steps per fit; a later origin starts from the earlier one's result. */
const ITERATIONS = 12;
const ITERATIONS_AGAIN = 5;
/** Fewer known values than this have no form worth choosing. */
const MIN_VALUES = 10;
/** Share of zero periods from which a series counts as intermittent and only a level is smoothed. */
const INTERMITTENT = 0.5;

/** Plain trends run away over long horizons. */
const TRENDS = ['none', 'damped'] as const;
const LEVEL = { errors: 'additive', trend: 'none', season: 'none' } as const;

/** A level alone for intermittent series and wherever the season could not be told; else all sensible forms of the season. */
function candidates(demand: Float64Array, m: number): EtsForm[] {
  let zeros = 0;
  let count = 0;
  for (const value of demand) {
    if (Number.isNaN(value)) continue;
    count++;
    if (!(value > 0)) zeros++;
  }
  if (zeros > INTERMITTENT * count) return [LEVEL];
  const forms = formsFor(m, zeros === 0, TRENDS);
  return m === 1 || count < 6 * m ? forms : forms.filter(({ season }) => season !== 'none');
}

/** The fitted part of the history, starting at the same weekday whatever the origin. */
function fitted(panel: Panel, origin: number, series: number): Float64Array {
  const most = panel.frequency === 'daily' ? DAYS : WEEKS;
  return demandBefore(panel, origin, series, Math.max(panel.firstPeriod[series]!, origin - most));
}

function forecastOne(
  panel: Panel,
  origin: number,
  horizon: number,
  series: number,
  earlier: EtsFit | undefined,
  out: Float64Array,
) {
  const demand = fitted(panel, origin, series);
  const m = shortSeason(panel);
  const known = demand.reduce((count, value) => count + (Number.isNaN(value) ? 0 : 1), 0);
  let fit: EtsFit | undefined;
  if (known >= MIN_VALUES) {
    fit = earlier
      ? fitEts(demand, m, earlier.form, ITERATIONS_AGAIN, earlier.point)
      : fitBestEts(demand, m, candidates(demand, m), ITERATIONS);
  }
  if (fit) etsMeans(fit, demand.length, m, horizon, out);
  else out.fill(meanKnown(demand), 0, horizon);
  openOnly(panel, origin, series, out);
  return fit;
}

/**
 * Exponential smoothing with a weekly season; the form (errors, damped trend, season) has the least corrected Akaike
 * criterion. With several origins the form is chosen at the earliest one and its parameters refined at the later ones.
 * Unknown, out-of-stock and closed periods are stepped over. O(history x forms x 12 x unknowns^2) per series, for each later origin a fortieth of that.
 */
export const ets: LocalForecaster = {
  name: 'ets',
  forecast(panel, origin, horizon, series, out) {
    forecastOne(panel, origin, horizon, series, undefined, out);
  },
  forecastOrigins(panel, origins, horizon, series, out) {
    let earlier: EtsFit | undefined;
    origins.forEach((origin, i) => {
      earlier = forecastOne(panel, origin, horizon, series, earlier, out.subarray(i * horizon, (i + 1) * horizon));
    });
  },
};
