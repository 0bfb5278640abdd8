import type { CombinedSelection } from '../../models/forecast/combine/combine-models.ts';
import { DRIVERS } from '../../models/forecast/drivers/driver-contributions.ts';
import { publishedDrivers } from '../../models/forecast/drivers/published-drivers.ts';
import type { ForecastPlan } from '../../models/forecast/plan.ts';
import { publishedModels } from '../../models/forecast/published.ts';
import { COMBINATION } from '../../models/forecast/selection.ts';
import type { Panel } from '../../models/panel.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';

/** `out_forecast_driver`: what each driver adds to the published forecast of each series and period, as it stands in `int_forecast`. */
export async function writeDrivers(
  warehouse: Warehouse,
  panel: Panel,
  plan: ForecastPlan,
  selection: CombinedSelection,
): Promise<void> {
  await warehouse.build(['int_forecast']);
  const { columns } = await warehouse.read('int_forecast', { series_idx: 'i32', h: 'i32', mean: 'f64' }, [
    'series_idx',
    'h',
  ]);
  const names = publishedModels(selection, plan);
  const { models, weights } = selection;
  const weighed = models.findIndex(({ name }) => name === COMBINATION);
  const weightOf = (s: number, m: number): number => {
    if (names[s] !== COMBINATION) return models[m]!.name === names[s] ? 1 : 0;
    return m < weighed ? weights[s * weighed + m]! : 0;
  };
  const parts = publishedDrivers(panel, plan, columns.mean, { models, weightOf });
  const types = Object.fromEntries(DRIVERS.map((name) => [`${name}_qty`, 'f64' as const]));
  const values = Object.fromEntries(DRIVERS.map((name) => [`${name}_qty`, parts[name]]));
  await warehouse.write(
    'out_forecast_driver',
    { series_idx: 'i32', h: 'i32', mean: 'f64', ...types },
    { series_idx: columns.series_idx, h: columns.h, mean: columns.mean, ...values },
  );
}
