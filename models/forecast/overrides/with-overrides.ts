import type { Panel } from '../../panel.ts';
import { championMeans, type Selection } from '../combine/selection.ts';
import { exact } from '../hierarchy.ts';
import type { ForecastPlan } from '../plan.ts';
import { publishedModels } from '../published.ts';
import { applyOverrides } from './apply-overrides.ts';
import { OVERRIDE, type Override } from './override.ts';

/** What overrides did to the forecast from each origin, [series][origin][horizon]. */
export interface OverrideLayer {
  statistical: Float32Array;
  final: Float32Array;
  /** Index of the override that holds in a cell, -1 for none. */
  by: Int32Array;
}

/**
 * Lays the overrides known at each origin on the forecast from it: the champions' of the choice that a cutoff took no part in, and
 * what would be published without overrides at the last.
 */
export function layOverrides(
  panel: Panel,
  plan: ForecastPlan,
  selection: Selection,
  overrides: readonly Override[],
): OverrideLayer {
  const { origins, horizon } = plan;
  const statistical = championMeans(selection, horizon);
  const names = publishedModels(selection, plan);
  const means = new Map(selection.models.map(({ name, mean }) => [name, mean]));
  names.forEach((name, s) => {
    const at = ((s + 1) * origins.length - 1) * horizon;
    const mean = means.get(name);
    for (let h = 0; h < horizon; h++) statistical[at + h] = mean ? mean[at + h]! : 0;
  });
  const layer: OverrideLayer = {
    statistical,
    final: statistical.slice(),
    by: new Int32Array(statistical.length).fill(-1),
  };
  origins.forEach((origin, k) => {
    const own = new Float64Array(panel.seriesCount * horizon);
    const at = (s: number): number => (s * origins.length + k) * horizon;
    for (let s = 0; s < panel.seriesCount; s++) {
      for (let h = 0; h < horizon; h++) own[s * horizon + h] = exact(statistical[at(s) + h]!);
    }
    const { mean, by } = applyOverrides(panel, origin, own, overrides);
    for (let s = 0; s < panel.seriesCount; s++) {
      for (let h = 0; h < horizon; h++) {
        layer.by[at(s) + h] = by[s * horizon + h]!;
        if (by[s * horizon + h]! >= 0) layer.final[at(s) + h] = exact(mean[s * horizon + h]!);
      }
    }
  });
  return layer;
}

/** The selection with the final forecast as a model of its own, which is published for the series that an override touches. */
export function withOverrides<T extends Selection>(plan: ForecastPlan, selection: T, { final, by }: OverrideLayer): T {
  const perSeries = plan.origins.length * plan.horizon;
  const isOverridden = Uint8Array.from(plan.fallback, (_, s) =>
    by.subarray((s + 1) * perSeries - plan.horizon, (s + 1) * perSeries).some((i) => i >= 0) ? 1 : 0,
  );
  if (!isOverridden.includes(1)) return selection;
  return { ...selection, models: [...selection.models, { name: OVERRIDE, mean: final }], isOverridden };
}
