import type { Panel } from '../panel.ts';
import { countDesign, type DenseColumns } from './count-design.ts';
import { blocksOfWeeks, dummiesOf } from './dummies.ts';
import { fitCounts } from './poisson-regression.ts';
import { type ProductRows, pickRows } from './product-rows.ts';

export interface HoldoutGain {
  /** Share of the deviance that the price response takes away, in per cent; NaN where prices stood still. */
  gainPct: number;
  rows: number;
}

/** Log prices of one location and block that differ by less are one price. */
const SAME_PRICE = 0.005;

/**
 * Does the price response predict better than none on weeks it has not seen? Two regressions, with and without the
 * price, are fitted on what lies before the last `weeks`; both then spread the sales that a location had in each
 * season block over its days. Level and trend are thereby given to both, and only the shape that prices make is judged.
 *
 * @param rows of one product
 * @param weeks held out, at most a quarter of the history
 */
export function holdoutGain(panel: Panel, rows: ProductRows, weeks: number): HoldoutGain {
  const { blocks, blockOf } = dummiesOf(panel);
  const firstHeld = blocks - blocksOfWeeks(weeks, blocks);
  const isHeld = (i: number): boolean => blockOf(rows.period[i]!) >= firstHeld;
  const held = pickRows(rows, isHeld);
  const before = pickRows(rows, (i) => !isHeld(i));
  const none = { gainPct: Number.NaN, rows: 0 };
  if (held.count === 0 || before.count === 0) return none;
  const withPrice = shape(panel, before, held, (r) => [r.price.map(Math.log)]);
  const without = shape(panel, before, held, () => []);
  if (!withPrice || !without) return none;

  const cells = new Map<number, { rows: number[]; sold: number; low: number; high: number }>();
  for (let i = 0; i < held.count; i++) {
    const key = held.location[i]! * blocks + blockOf(held.period[i]!);
    let cell = cells.get(key);
    if (!cell) {
      cell = { rows: [], sold: 0, low: Number.POSITIVE_INFINITY, high: 0 };
      cells.set(key, cell);
    }
    cell.rows.push(i);
    cell.sold += held.quantity[i]!;
    cell.low = Math.min(cell.low, held.price[i]!);
    cell.high = Math.max(cell.high, held.price[i]!);
  }
  const deviance = [0, 0];
  let judged = 0;
  for (const cell of cells.values()) {
    if (cell.sold === 0 || Math.log(cell.high / cell.low) < SAME_PRICE) continue;
    judged += cell.rows.length;
    [withPrice, without].forEach((index, model) => {
      let total = 0;
      for (const i of cell.rows) total += Math.exp(index[i]!);
      for (const i of cell.rows) {
        const y = held.quantity[i]!;
        if (y > 0) deviance[model]! += 2 * y * Math.log((y * total) / (cell.sold * Math.exp(index[i]!)));
      }
    });
  }
  if (judged === 0) return none;
  return { gainPct: 100 * (1 - deviance[0]! / deviance[1]!), rows: judged };
}

/** Log of what the calendar and the columns make of each held row, up to the level of its location and block. */
function shape(panel: Panel, before: ProductRows, held: ProductRows, columns: DenseColumns): Float64Array | undefined {
  const trained = countDesign(panel, before, columns);
  if (trained.rows.count === 0) return undefined;
  const { coefficients } = fitCounts(trained.design);
  const dummies = dummiesOf(panel);
  const effect = (column: number): number => (Number.isFinite(coefficients[column]) ? coefficients[column]! : 0);
  const dense = columns(held);
  return Float64Array.from({ length: held.count }, (_, i) => {
    let sum = 0;
    dummies.visit(held.series[i]!, held.period[i]!, held.promotion[i]!, (dummy) => {
      sum += effect(dummy);
    });
    dense.forEach((column, k) => {
      sum += column[i]! * effect(dummies.count + k);
    });
    return sum;
  });
}
