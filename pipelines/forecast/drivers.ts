import type { CombinedSelection } from '../../models/forecast/combine/combine-models.ts';
import { COMBINATION, type Selection } from '../../models/forecast/combine/selection.ts';
import { DRIVERS } from '../../models/forecast/drivers/driver-contributions.ts';
import { publishedDrivers } from '../../models/forecast/drivers/published-drivers.ts';
import { exact } from '../../models/forecast/hierarchy.ts';
import type { ForecastPlan } from '../../models/forecast/plan.ts';
import { publishedModels } from '../../models/forecast/published.ts';
import type { Panel } from '../../models/panel.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';

/**
 * `out_forecast_driver`: what each driver adds to the published forecast of each series and period, as it stands in `int_forecast`.
 * The statistical forecast is taken apart; what a planner changed in it is a part of its own.
 *
 * @param all the models behind the combination
 */
export async function writeDrivers(
  warehouse: Warehouse,
  panel: Panel,
  plan: ForecastPlan,
  selection: Selection,
  all: CombinedSelection,
): Promise<void> {
  await warehouse.build(['int_forecast']);
  const { columns } = await warehouse.read('int_forecast', { series_idx: 'i32', h: 'i32', mean: 'f64' }, [
    'series_idx',
    'h',
  ]);
  const { isOverridden } = selection;
  const names = publishedModels({ ...selection, isOverridden: undefined }, plan);
  const { models, weights } = all;
  const weighed = models.findIndex(({ name }) => name === COMBINATION);
  const weightOf = (s: number, m: number): number => {
    if (names[s] !== COMBINATION) return models[m]!.name === names[s] ? 1 : 0;
    return m < weighed ? weights[s * weighed + m]! : 0;
  };
  const { horizon, origins } = plan;
  const means = new Map(models.map(({ name, mean }) => [name, mean]));
  const override = new Float64Array(columns.mean.length);
  isOverridden?.forEach((flag, s) => {
    if (flag === 0) return;
    const own = means.get(names[s]!);
    const at = ((s + 1) * origins.length - 1) * horizon;
    for (let h = 0; h < horizon; h++) {
      override[s * horizon + h] = columns.mean[s * horizon + h]! - exact(own ? own[at + h]! : 0);
    }
  });
  const statistical = columns.mean.map((mean, i) => mean - override[i]!);
  const parts = publishedDrivers(panel, plan, statistical, { models, weightOf });
  const types = Object.fromEntries(DRIVERS.map((name) => [`${name}_qty`, 'f64' as const]));
  const values = Object.fromEntries(DRIVERS.map((name) => [`${name}_qty`, parts[name]]));
  await warehouse.write(
    'out_forecast_driver',
    { series_idx: 'i32', h: 'i32', mean: 'f64', ...types, override_qty: 'f64' },
    { series_idx: columns.series_idx, h: columns.h, mean: columns.mean, ...values, override_qty: override },
  );
}
