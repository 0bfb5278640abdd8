import type { Panel } from '../panel.ts';
import { demandBefore, meanKnown, openOnly, shortSeason } from './demand.ts';
import { type EtsFit, type EtsForm, etsMeans, fitEts } from './ets-fit.ts';
import type { LocalForecaster } from './forecaster.ts';

/** Periods fitted: two years of days or ten of weeks; older ones no longer move the states. */
const DAYS = 728;
const WEEKS = 520;
/** Calls of the filter per fit; a later origin starts from the earlier one's result. */
const EVALUATIONS = 120;
const EVALUATIONS_AGAIN = 40;
/** Fewer known values than this have no form worth choosing. */
const MIN_VALUES = 10;
/** Share of zero periods from which a series counts as intermittent and only a level is smoothed. */
const INTERMITTENT = 0.5;

const form = (errors: EtsForm['errors'], trend: EtsForm['trend'], season: EtsForm['season']): EtsForm => ({
  errors,
  trend,
  season,
});

/** Relative errors need positive values; undamped trends are left out because they run away over long horizons. */
function candidates(demand: Float64Array, m: number): EtsForm[] {
  let zeros = 0;
  let count = 0;
  for (const value of demand) {
    if (Number.isNaN(value)) continue;
    count++;
    if (value === 0) zeros++;
  }
  const level = form('additive', 'none', 'none');
  if (zeros > INTERMITTENT * count) return [level];
  const positive = zeros === 0;
  if (m === 1) {
    const forms = [level, form('additive', 'damped', 'none')];
    return positive ? [...forms, form('relative', 'none', 'none'), form('relative', 'damped', 'none')] : forms;
  }
  const forms = [form('additive', 'none', 'additive'), form('additive', 'damped', 'additive')];
  if (count < 6 * m) forms.push(level);
  return positive
    ? [
        ...forms,
        form('relative', 'none', 'additive'),
        form('relative', 'none', 'multiplicative'),
        form('relative', 'damped', 'multiplicative'),
      ]
    : forms;
}

function fitBest(demand: Float64Array, m: number): EtsFit | undefined {
  let best: EtsFit | undefined;
  for (const candidate of candidates(demand, m)) {
    const fit = fitEts(demand, m, candidate, EVALUATIONS);
    if (!best || fit.aicc < best.aicc) best = fit;
  }
  return best;
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
    fit = earlier ? fitEts(demand, m, earlier.form, EVALUATIONS_AGAIN, earlier.point) : fitBest(demand, m);
  }
  if (fit) etsMeans(fit, demand.length, m, horizon, out);
  else out.fill(meanKnown(demand), 0, horizon);
  openOnly(panel, origin, series, out);
  return fit;
}

/**
 * Exponential smoothing with a weekly season; the form (errors, damped trend, season) has the least corrected Akaike
 * criterion. With several origins the form is chosen at the earliest one and its parameters refined at the later ones.
 * Unknown, out-of-stock and closed periods are stepped over. O(history x 500) per series.
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
