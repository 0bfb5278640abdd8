import type { Selection } from '../../models/forecast/combine/selection.ts';
import type { Override } from '../../models/forecast/overrides/override.ts';
import { type Scope, STEPS, type ValueAdded, valueAdded } from '../../models/forecast/overrides/value-added.ts';
import { layOverrides, type OverrideLayer, withOverrides } from '../../models/forecast/overrides/with-overrides.ts';
import type { ForecastPlan } from '../../models/forecast/plan.ts';
import type { Panel } from '../../models/panel.ts';
import { NO_VALUE } from '../warehouse/columns.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';

/**
 * Lays what planners entered on the forecast, and leaves `out_override` (what each did to the coming forecast) and
 * `out_forecast_value_added` (what each step was worth in the backtests).
 *
 * @returns the selection with the final forecast; unchanged without overrides
 */
export async function overrideForecasts<T extends Selection>(
  warehouse: Warehouse,
  panel: Panel,
  plan: ForecastPlan,
  selection: T,
): Promise<T> {
  const overrides = await readOverrides(warehouse);
  const layer = layOverrides(panel, plan, selection, overrides);
  await writeEffects(warehouse, plan, layer, overrides.length);
  await writeValueAdded(warehouse, plan.cutoffs.length > 0 ? valueAdded(plan, selection, layer, overrides) : []);
  return withOverrides(plan, selection, layer);
}

async function readOverrides(warehouse: Warehouse): Promise<Override[]> {
  await warehouse.build(['int_overrides']);
  const { columns: c, rows } = await warehouse.read(
    'int_overrides',
    {
      product_idx: 'i32',
      location_idx: 'i32',
      from_idx: 'i32',
      to_idx: 'i32',
      known_idx: 'i32',
      quantity: 'f64',
      pct: 'f64',
      planner: 'text',
    },
    ['override_idx'],
  );
  const given = (value: number): number | undefined => (Number.isNaN(value) ? undefined : value);
  return Array.from({ length: rows }, (_, i) => ({
    product: c.product_idx[i]!,
    location: c.location_idx[i] === NO_VALUE ? undefined : c.location_idx[i]!,
    from: c.from_idx[i]!,
    to: c.to_idx[i]!,
    knownFrom: c.known_idx[i]!,
    quantity: given(c.quantity[i]!),
    pct: given(c.pct[i]!),
    planner: c.planner[i] ?? '',
  }));
}

/** Units of the coming forecast under each override, before and after. */
async function writeEffects(
  warehouse: Warehouse,
  { origins, horizon }: ForecastPlan,
  { statistical, final, by }: OverrideLayer,
  count: number,
): Promise<void> {
  const columns = {
    override_idx: Int32Array.from({ length: count }, (_, i) => i),
    cells: new Int32Array(count),
    statistical_qty: new Float64Array(count),
    final_qty: new Float64Array(count),
  };
  by.forEach((i, cell) => {
    if (i < 0 || Math.floor(cell / horizon) % origins.length !== origins.length - 1) return;
    columns.cells[i]!++;
    columns.statistical_qty[i]! += statistical[cell]!;
    columns.final_qty[i]! += final[cell]!;
  });
  await warehouse.write(
    'out_override',
    { override_idx: 'i32', cells: 'i32', statistical_qty: 'f64', final_qty: 'f64' },
    columns,
  );
}

async function writeValueAdded(warehouse: Warehouse, rows: readonly ValueAdded[]): Promise<void> {
  const number = (of: (row: ValueAdded) => number): Float64Array => Float64Array.from(rows, of);
  const stepOf = ({ step }: ValueAdded): number => STEPS.indexOf(step) + 1;
  await warehouse.write(
    'out_forecast_value_added',
    { scope: 'text', subject: 'text', step_no: 'i32', step: 'text', n: 'i32', wape: 'f64', bias: 'f64', skill: 'f64' },
    {
      scope: rows.map(({ scope }): Scope => scope),
      subject: rows.map(({ subject }) => subject),
      step_no: Int32Array.from(rows, stepOf),
      step: rows.map(({ step }) => step),
      n: Int32Array.from(rows, ({ n }) => n),
      wape: number(({ wape }) => wape),
      bias: number(({ bias }) => bias),
      skill: number(({ skill }) => skill),
    },
  );
}
