import type { Panel } from '../panel.ts';
import { type Dummies, dummiesOf } from './dummies.ts';
import type { CountDesign } from './poisson-regression.ts';
import { type ProductRows, pickRows } from './product-rows.ts';

/** Dense columns of a regression, made for the rows it is fitted on. */
export type DenseColumns = (rows: ProductRows) => Float64Array[];

/**
 * The regression's design. Each location and season block is a group with a level of its own: trend, season, drift of a
 * store and anything else that moves slowly drop out, and prices are compared within a location and block only. Dummies
 * are weekdays, events and kinds of promotion; dense columns as given. Rows of one block, over all locations, are one
 * cluster, because shocks may be shared and last for weeks.
 *
 * Rows whose group or dummy never sold anything are left out, because their effect would be minus infinity.
 *
 * @remarks O(rows x dummies that are on)
 */
export function countDesign(
  panel: Panel,
  given: ProductRows,
  columns: DenseColumns,
): { design: CountDesign; rows: ProductRows } {
  const dummies = dummiesOf(panel);
  const rows = withoutSeparated(given, dummies);
  const dummyStart = new Int32Array(rows.count + 1);
  const dummy: number[] = [];
  const group = new Int32Array(rows.count);
  const cluster = new Int32Array(rows.count);
  const groupNumber = numbering();
  const clusterNumber = numbering();
  for (let i = 0; i < rows.count; i++) {
    dummies.visit(rows.series[i]!, rows.period[i]!, rows.promotion[i]!, (d) => dummy.push(d));
    dummyStart[i + 1] = dummy.length;
    const block = dummies.blockOf(rows.period[i]!);
    group[i] = groupNumber.of(rows.series[i]! * dummies.blocks + block);
    cluster[i] = clusterNumber.of(block);
  }
  return {
    rows,
    design: {
      rows: rows.count,
      y: rows.quantity,
      group,
      groups: groupNumber.count(),
      dummyStart,
      dummy: Int32Array.from(dummy),
      dummies: dummies.count,
      dense: columns(rows),
      cluster,
      clusters: clusterNumber.count(),
    },
  };
}

function withoutSeparated(given: ProductRows, dummies: Dummies): ProductRows {
  let rows = given;
  for (;;) {
    const sold = new Float64Array(dummies.count);
    const soldIn = new Map<number, number>();
    const all = rows;
    const groupOf = (i: number): number => all.series[i]! * dummies.blocks + dummies.blockOf(all.period[i]!);
    const visit = (i: number, each: (dummy: number) => void): void =>
      dummies.visit(all.series[i]!, all.period[i]!, all.promotion[i]!, each);
    for (let i = 0; i < all.count; i++) {
      const units = all.quantity[i]!;
      soldIn.set(groupOf(i), (soldIn.get(groupOf(i)) ?? 0) + units);
      visit(i, (dummy) => {
        sold[dummy]! += units;
      });
    }
    rows = pickRows(all, (i) => {
      let keep = soldIn.get(groupOf(i))! > 0;
      visit(i, (dummy) => {
        if (!(sold[dummy]! > 0)) keep = false;
      });
      return keep;
    });
    if (rows.count === all.count) return rows;
  }
}

/** Numbers keys from 0 in the order in which they are first seen. */
function numbering(): { of(key: number): number; count(): number } {
  const numbers = new Map<number, number>();
  return {
    of: (key) => {
      const known = numbers.get(key);
      if (known !== undefined) return known;
      numbers.set(key, numbers.size);
      return numbers.size - 1;
    },
    count: () => numbers.size,
  };
}
