import type { Panel } from '../../panel.ts';
import type { Grouping } from './sum-matrix.ts';

/** What several series share, or this where they do not. */
const SEVERAL = '(several)';

/**
 * The sums of a level as a panel of their own, so that every model can forecast the nodes as it forecasts series.
 *
 * Sales are added up where known (a series not yet on sale adds nothing); a node is closed where all its series are, has an
 * event or a promotion, of whatever kind, where at least half of them have it, and the mean of their known prices and discounts.
 * O(series x (periods + horizon) x (1 + events)).
 */
export function nodePanel(panel: Panel, { nodeOf, labels }: Grouping): Panel {
  const { periods, horizon, calendar } = panel;
  const width = periods + horizon;
  const nodes = labels.length;
  const sizes = new Int32Array(nodes);
  const quantity = new Float64Array(nodes * periods).fill(Number.NaN);
  const firstPeriod = new Int32Array(nodes).fill(periods);
  nodeOf.forEach((node, s) => {
    sizes[node]!++;
    firstPeriod[node] = Math.min(firstPeriod[node]!, panel.firstPeriod[s]!);
    for (let t = 0; t < periods; t++) {
      const value = panel.quantity[s * periods + t]!;
      if (Number.isNaN(value)) continue;
      const at = node * periods + t;
      quantity[at] = Number.isNaN(quantity[at]!) ? value : quantity[at]! + value;
    }
  });
  const rowOf = (s: number): number => calendar.calendarOf[panel.locationOf[s]!] ?? 0;
  const share = <T extends Uint8Array>(values: T, columns: number, source: (s: number) => number): Float32Array => {
    const sum = new Float32Array(nodes * columns);
    nodeOf.forEach((node, s) => {
      const from = source(s) * columns;
      for (let i = 0; i < columns; i++) sum[node * columns + i]! += values[from + i]! / sizes[node]!;
    });
    return sum;
  };
  const most = (shares: Float32Array, least: number): Uint8Array =>
    Uint8Array.from(shares, (v) => (v >= least ? 1 : 0));
  const own = (s: number): number => s;
  const common = (labelOf: (s: number) => string): string[] => {
    const names = new Array<string | undefined>(nodes);
    nodeOf.forEach((node, s) => {
      const label = labelOf(s);
      names[node] = names[node] === undefined || names[node] === label ? label : SEVERAL;
    });
    return names.map((name) => name ?? SEVERAL);
  };
  const index = Int32Array.from({ length: nodes }, (_, node) => node);
  const hasPromotions = panel.promotionKind.length > 0;
  return {
    ...panel,
    seriesCount: nodes,
    productOf: index,
    locationOf: index,
    products: {
      ids: [...labels],
      category: common((s) => panel.products.category[panel.productOf[s]!]!),
      department: common((s) => panel.products.department[panel.productOf[s]!]!),
    },
    locations: { ids: [...labels], region: common((s) => panel.locations.region[panel.locationOf[s]!]!) },
    quantity: Float32Array.from(quantity),
    firstPeriod,
    inStock: new Uint8Array(nodes * periods).fill(1),
    price: meanKnown(panel.price, nodeOf, nodes, width),
    discount: meanKnown(panel.discount, nodeOf, nodes, width),
    promotionKind: hasPromotions ? most(share(panel.promotionKind.map(Math.sign), width, own), 0.5) : new Uint8Array(0),
    promotionKinds: hasPromotions ? ['promotion'] : [],
    calendar: {
      events: calendar.events,
      calendarOf: index,
      calendarCount: nodes,
      hasEvent: most(share(calendar.hasEvent, calendar.events.length * width, rowOf), 0.5),
      isClosed: most(share(calendar.isClosed, width, rowOf), 0.9999),
    },
  };
}

function meanKnown(values: Float32Array, nodeOf: Int32Array, nodes: number, width: number): Float32Array {
  if (values.length === 0) return values;
  const sum = new Float64Array(nodes * width);
  const count = new Float64Array(nodes * width);
  nodeOf.forEach((node, s) => {
    for (let t = 0; t < width; t++) {
      const value = values[s * width + t]!;
      if (Number.isNaN(value)) continue;
      sum[node * width + t]! += value;
      count[node * width + t]!++;
    }
  });
  return Float32Array.from(sum, (value, i) => (count[i]! > 0 ? value / count[i]! : Number.NaN));
}
