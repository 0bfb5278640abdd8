import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isoDateOf } from '../../data/day.ts';
import type { Panel } from '../../models/panel.ts';
import type { StockProduct } from '../../models/replay/stock-product.ts';
import { book, TALLY_COUNT } from '../../models/replay/tally.ts';
import type { JobContext } from '../job.ts';
import { quoteText } from '../warehouse/columns.ts';
import type { ReplayRange } from './replay-range.ts';

/** What the company itself did: sums by stretch, and whether its orders are known. */
export interface CompanyPast {
  sums: Float64Array[];
  /** Whether orders and deliveries are in the sums; else only shortage and stock are. */
  hasOrders: boolean;
  /** Whether its stock is known. */
  hasStock: boolean;
}

/**
 * What happened: sales against what was wanted, stock from its counts, and of a simulated company stock and orders from its truth.
 * It has no waste: the simulator knows no spoilage, and other companies' write-offs are not an input.
 */
export async function companyPast(
  { warehouse, folder }: Pick<JobContext, 'warehouse' | 'folder'>,
  panel: Panel,
  products: readonly StockProduct[],
  demand: Float32Array,
  range: ReplayRange,
): Promise<CompanyPast> {
  const sums = range.stretches.map(() => new Float64Array(TALLY_COUNT));
  bookSales(sums, panel, products, demand, range);
  const truth = join(folder, 'truth', 'company.csv');
  const hasOrders = existsSync(truth);
  // stretches are counted from the newest one
  const of = (stretch: number): Float64Array | undefined => sums[sums.length - 1 - stretch];
  if (hasOrders) await warehouse.runFile('replay/truth_company', { file: quoteText(truth) });
  else await warehouse.build(['int_replay_counted']);
  const rows = await (hasOrders ? bookTruth(warehouse, products, of) : bookCounts(warehouse, products, of));
  return { sums, hasOrders, hasStock: rows > 0 };
}

/** Sets what the replay's SQL reads: its first morning, its first day that counts and the morning after its last. */
export async function setReplayVariables(
  warehouse: JobContext['warehouse'],
  { startDay, periodDays }: Panel,
  { base, from, end }: ReplayRange,
): Promise<void> {
  for (const [name, day] of [
    ['replay_base', startDay + base * periodDays],
    ['replay_from', from],
    ['replay_end', end],
  ] as const)
    await warehouse.run(`set variable ${name} = date '${isoDateOf(day)}'`);
}

function bookSales(
  sums: readonly Float64Array[],
  panel: Panel,
  products: readonly StockProduct[],
  demand: Float32Array,
  { base, days, stretches }: ReplayRange,
): void {
  for (const { locations, unitCost, unitPrice } of products) {
    for (const { series, terms } of locations) {
      if (series < 0) continue;
      stretches.forEach((from, k) => {
        const to = stretches[k + 1] ?? days;
        const own = sums[k]!;
        for (let day = from; day < to; day++) {
          const wanted = demand[series * days + day]!;
          const sold = panel.quantity[series * panel.periods + base + day]! || 0;
          book(own, 'demanded', wanted);
          book(own, 'served', sold);
          book(own, 'shortage', Math.max(0, wanted - sold) * terms.shortageEstimate);
          book(own, 'revenue', sold * unitPrice);
          book(own, 'costOfSales', sold * unitCost);
        }
      });
    }
  }
}

const TRUTH = {
  product_idx: 'i32',
  is_warehouse: 'flag',
  stretch: 'i32',
  unit_days: 'f64',
  orders: 'f64',
  ordered_units: 'f64',
  deliveries: 'f64',
  deliveries_short: 'f64',
} as const;

async function bookTruth(
  warehouse: JobContext['warehouse'],
  products: readonly StockProduct[],
  of: (stretch: number) => Float64Array | undefined,
): Promise<number> {
  const byProduct = new Map(products.map((product) => [product.product, product]));
  const order = ['product_idx', 'is_warehouse', 'stretch'];
  const { rows, columns: c } = await warehouse.read('replay_truth_company', TRUTH, order);
  for (let i = 0; i < rows; i++) {
    const product = byProduct.get(c.product_idx[i]!);
    const own = of(c.stretch[i]!);
    if (!product || !own) continue;
    const isServer = c.is_warehouse[i] === 1;
    // locations of a kind share their terms
    const { terms } = product.locations.find(({ supplier }) => supplier < 0 === isServer) ?? product.locations[0]!;
    book(own, 'holding', c.unit_days[i]! * terms.holdingEstimate);
    book(own, 'stockValueDays', c.unit_days[i]! * product.unitCost);
    book(own, 'orders', c.orders[i]!);
    book(own, 'orderedUnits', c.ordered_units[i]!);
    book(own, 'ordering', c.orders[i]! * terms.orderCost);
    if (isServer) book(own, 'purchases', c.ordered_units[i]! * product.unitCost);
    else {
      book(own, 'cycles', c.deliveries[i]!);
      book(own, 'cyclesShort', c.deliveries_short[i]!);
    }
  }
  return rows;
}

async function bookCounts(
  warehouse: JobContext['warehouse'],
  products: readonly StockProduct[],
  of: (stretch: number) => Float64Array | undefined,
): Promise<number> {
  const byPair = new Map(
    products.flatMap(({ locations, unitCost }) =>
      locations.map(({ pair, terms }) => [pair, { holding: terms.holdingEstimate, unitCost }] as const),
    ),
  );
  const spec = { pair_idx: 'i32', stretch: 'i32', unit_days: 'f64' } as const;
  const { rows, columns } = await warehouse.read('int_replay_counted', spec, ['pair_idx', 'stretch']);
  for (let i = 0; i < rows; i++) {
    const pair = byPair.get(columns.pair_idx[i]!);
    const own = of(columns.stretch[i]!);
    if (!pair || !own) continue;
    book(own, 'holding', columns.unit_days[i]! * pair.holding);
    book(own, 'stockValueDays', columns.unit_days[i]! * pair.unitCost);
  }
  return rows;
}
