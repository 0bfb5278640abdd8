import type { Panel } from '../../panel.ts';
import { movingAverage } from '../baselines/moving-average.ts';
import { seasonalNaive } from '../baselines/seasonal-naive.ts';
import type { ModelForecast } from '../combine/selection.ts';
import { croston } from '../intermittent/croston.ts';
import { tsb } from '../intermittent/tsb.ts';
import type { ForecastPlan } from '../plan.ts';
import { LAUNCH, ZERO } from '../published.ts';
import { ets } from '../smoothing/ets.ts';
import { theta } from '../smoothing/theta.ts';
import { mstlEts } from '../stl/mstl.ts';
import { type Contributions, driverContributions } from './driver-contributions.ts';
import { SWITCHES, type Switch } from './switch-off.ts';

/** Models that see nothing but the past of a series; all others are taken to see what is known ahead. */
const BLIND: readonly string[] = [
  ...[seasonalNaive, movingAverage, ets, theta, croston, tsb, mstlEts].map(({ name }) => name),
  'weekly_season',
  LAUNCH,
  ZERO,
];
/** Of these, the ones that have a season all the same. */
const SEASONAL: readonly string[] = [mstlEts.name, 'weekly_season'];
/** Effects are held within these, a tenth and ten times. */
const LARGEST_FACTOR = 10;

/** How the published forecast came about: the models, and the share of each in each series. */
export interface Mixture {
  models: readonly ModelForecast[];
  /** Weight of a model in the published forecast of a series. */
  weightOf(series: number, model: number): number;
}

/**
 * Takes the published forecast of every series apart, [series][horizon], to the exact sum. What promotions, prices and holidays do
 * is what the calendar regression finds for the series and day, in all models that see them by their share of the forecast, and so is
 * the season of the year; what macro indicators do is what each model that is given them answers without
 * them, in its share. Models that see only the past take no part.
 *
 * @param published means in exact steps, [series][horizon]
 * O(switches^2 x series x horizon x models).
 */
export function publishedDrivers(
  panel: Panel,
  { origins, horizon }: ForecastPlan,
  published: Float64Array,
  { models, weightOf }: Mixture,
): Contributions {
  const names = [...SWITCHES, 'year'] as const;
  const factors = new Map(names.map((name) => [name, factorsWithout(models, origins.length, horizon, name)]));
  /** What is left of each cell with some of them switched off, as a share. */
  const shares = (off: readonly (typeof names)[number][]): Float64Array => {
    const out = new Float64Array(published.length).fill(1);
    for (let s = 0; s < panel.seriesCount; s++) {
      const at = ((s + 1) * origins.length - 1) * horizon;
      for (let h = 0; h < horizon; h++) {
        const cell = s * horizon + h;
        let all = 0;
        let left = 0;
        models.forEach(({ mean }, m) => {
          const weight = weightOf(s, m);
          if (weight === 0) return;
          const part = weight * mean[at + h]!;
          all += part;
          left += off.reduce((rest, name) => rest * factors.get(name)!(m, cell), part);
        });
        if (all > 0) out[cell] = left / all;
      }
    }
    return out;
  };
  const season = shares(['year']).map((share) => 1 / share);
  const forecast = (off: ReadonlySet<Switch>): Float64Array =>
    shares(SWITCHES.filter((name) => off.has(name))).map((share, cell) => share * published[cell]!);
  return driverContributions(panel, panel.periods, forecast, season);
}

const sees = (model: string, name: Switch | 'year'): boolean =>
  !BLIND.includes(model) || (name === 'year' && SEASONAL.includes(model));

/**
 * What a model's forecast of a cell is multiplied by where one thing is switched off. Of macro indicators each model that is given
 * them tells for itself, of the rest one tells for all that see it.
 */
function factorsWithout(
  models: readonly ModelForecast[],
  origins: number,
  horizon: number,
  name: Switch | 'year',
): (model: number, cell: number) => number {
  const factorsOf = ({ mean, without }: ModelForecast): Float64Array | undefined =>
    without?.[name] &&
    Float64Array.from(without[name], (value, cell) => {
      const full = mean[((Math.floor(cell / horizon) + 1) * origins - 1) * horizon + (cell % horizon)]!;
      return full > 0 ? Math.min(LARGEST_FACTOR, Math.max(1 / LARGEST_FACTOR, value / full)) : 1;
    });
  const teller = models.find(({ without }) => without?.[name]);
  const common = name !== 'macro' && teller ? factorsOf(teller) : undefined;
  const factors = models.map((model) => {
    if (name === 'macro') return factorsOf(model);
    return sees(model.name, name) ? common : undefined;
  });
  return (model, cell) => factors[model]?.[cell] ?? 1;
}
