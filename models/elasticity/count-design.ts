import { dummiesOf, type Market } from './market.ts';
import type { CountDesign } from './poisson-regression.ts';
import { type ProductRows, pickRows } from './product-rows.ts';

/** Dense columns of a regression, made for the rows it is fitted on. */
export type DenseColumns = (rows: ProductRows) => Float64Array[];

/**
 * The regression's design: location effects as groups, a dummy for each season block (four weeks: trend, season and
 * anything else that moves slowly), weekday, event and kind of promotion; dense columns as given. Rows of one block are
 * one cluster: shocks may be shared by all locations and last for weeks.
 *
 * Rows whose location or dummy never sold anything are left out, because their effect would be minus infinity.
 */
export function countDesign(
  market: Market,
  given: ProductRows,
  columns: DenseColumns,
): { design: CountDesign; rows: ProductRows } {
  const dummies = dummiesOf(market);
  const active = (rows: ProductRows, i: number, visit: (dummy: number) => void): void => {
    visit(dummies.blockOf(rows.period[i]!));
    dummies.visit(rows.series[i]!, rows.period[i]!, rows.promotion[i]!, visit);
  };
  const rows = withoutSeparated(given, dummies.count, active);
  const dummyStart = new Int32Array(rows.count + 1);
  const dummy: number[] = [];
  const cluster = new Int32Array(rows.count);
  const clusterNumber = new Map<number, number>();
  for (let i = 0; i < rows.count; i++) {
    active(rows, i, (d) => dummy.push(d));
    dummyStart[i + 1] = dummy.length;
    const block = dummies.blockOf(rows.period[i]!);
    if (!clusterNumber.has(block)) clusterNumber.set(block, clusterNumber.size);
    cluster[i] = clusterNumber.get(block)!;
  }
  return {
    rows,
    design: {
      rows: rows.count,
      y: rows.quantity,
      group: rows.location,
      groups: rows.location.reduce((most, location) => Math.max(most, location + 1), 0),
      dummyStart,
      dummy: Int32Array.from(dummy),
      dummies: dummies.count,
      dense: columns(rows),
      cluster,
      clusters: clusterNumber.size,
    },
  };
}

function withoutSeparated(
  given: ProductRows,
  dummyCount: number,
  active: (rows: ProductRows, i: number, visit: (dummy: number) => void) => void,
): ProductRows {
  let rows = given;
  for (;;) {
    const sold = new Float64Array(dummyCount);
    const soldAt = new Float64Array(rows.count);
    for (let i = 0; i < rows.count; i++) {
      soldAt[rows.location[i]!]! += rows.quantity[i]!;
      active(rows, i, (dummy) => {
        sold[dummy]! += rows.quantity[i]!;
      });
    }
    const all = rows;
    rows = pickRows(all, (i) => {
      let keep = soldAt[all.location[i]!]! > 0;
      active(all, i, (dummy) => {
        if (!(sold[dummy]! > 0)) keep = false;
      });
      return keep;
    });
    if (rows.count === all.count) return rows;
  }
}
