import type { Panel } from '../../panel.ts';
import type { Selection } from '../combine/selection.ts';
import type { ForecastPlan } from '../plan.ts';
import { LAUNCH } from '../published.ts';
import { findDonors } from './donors.ts';
import { launchForecast } from './launch-forecast.ts';
import { launchCases, launchWeight } from './launch-weight.ts';

/** Past launches looked at for the weight: those of two years. */
const LAUNCH_DAYS = 728;

/**
 * Adds the forecast of new series to a selection: the launch curve of series like them and their own mean, weighed by what served
 * past launches. All other series and origins hold the moving average's means, whose errors its intervals are taken from.
 * Nothing is added where no series is new or no other can be learned from. O(origins of two years x donors).
 */
export function withLaunches<T extends Selection>(panel: Panel, plan: ForecastPlan, selection: T): T {
  const { fallback, origins, horizon } = plan;
  if (!fallback.includes('NEW')) return selection;
  const origin = panel.periods;
  const donors = findDonors(panel, origin);
  const average = selection.models.find(({ name }) => name === 'moving_average');
  if (donors.length === 0 || !average) return selection;
  const from = origin - Math.round(LAUNCH_DAYS / panel.periodDays);
  const weight = launchWeight(launchCases(panel, from, origin, horizon), origin);
  const mean = average.mean.slice();
  fallback.forEach((code, s) => {
    if (code !== 'NEW') return;
    const curve = launchForecast(panel, origin, horizon, s, donors).mean;
    const at = ((s + 1) * origins.length - 1) * horizon;
    for (let h = 0; h < horizon; h++) mean[at + h] = weight * curve[h]! + (1 - weight) * mean[at + h]!;
  });
  return { ...selection, models: [...selection.models, { name: LAUNCH, mean }] };
}
