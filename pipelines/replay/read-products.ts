import type { RestockConfig } from '../../data/contract/config/restock.ts';
import type { EpochDay } from '../../data/day.ts';
import type { Panel } from '../../models/panel.ts';
import type { StockLocation, StockProduct } from '../../models/replay/stock-product.ts';
import type { SupplyTerms } from '../../models/restock/supply-terms.ts';
import { isKnown, type RestockPair, readPairs } from '../restock/read-pairs.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { ReplayRange } from './replay-range.ts';

/** Days between a count and the first morning up to which the count tells the stock of that morning. */
const COUNT_DAYS = 28;
/** Periods of sales that stock is guessed from where no count does. */
const RECENT_PERIODS = 28;

const MORE = {
  product_idx: 'i32',
  unit_price: 'f64',
  opening_day: 'f64',
  opening_units: 'f64',
} as const;

/**
 * Every product that is stocked somewhere, with terms as they stand today (their history is not known) and stock as it was counted
 * about the first morning, or when it first came in; without a count about then, what usually sells in lead time and review.
 */
export async function readProducts(
  warehouse: Warehouse,
  config: RestockConfig,
  asOf: EpochDay,
  panel: Panel,
  range: ReplayRange,
): Promise<StockProduct[]> {
  await warehouse.build(['int_restock_pair', 'int_restock_inbound', 'int_replay_pair']);
  const pairs = await readPairs(warehouse, config, asOf);
  const { columns: more } = await warehouse.read('int_replay_pair', MORE, ['pair_idx']);
  const byProduct = new Map<string, RestockPair[]>();
  for (const pair of pairs) {
    const own = byProduct.get(pair.product) ?? [];
    own.push(pair);
    byProduct.set(pair.product, own);
  }
  const products: StockProduct[] = [];
  for (const own of byProduct.values()) {
    const kept = own.filter(({ terms }) => terms.holdingEstimate > 0 && terms.shortageEstimate > 0);
    // those who serve come after those they serve
    const ordered = [...kept.filter((pair) => !pair.isWarehouse), ...kept.filter((pair) => pair.isWarehouse)];
    if (ordered.length === 0) continue;
    const { index, unitCost, terms } = ordered[0]!;
    products.push({
      product: more.product_idx[index]!,
      unitCost,
      unitPrice: more.unit_price[index]! || unitCost,
      shelfLifeDays: Math.max(1, Math.floor(terms.shelfLifeDays / panel.periodDays)),
      isCount: ordered.every(({ isWhole }) => isWhole),
      locations: ordered.map((pair) => locationOf(pair, ordered, panel, range, more, pair.index)),
    });
  }
  return products;
}

function locationOf(
  pair: RestockPair,
  all: readonly RestockPair[],
  panel: Panel,
  range: ReplayRange,
  more: { opening_day: Float64Array; opening_units: Float64Array },
  at: number,
): StockLocation {
  const series = isKnown(pair.series) ? pair.series : -1;
  const supplier = isKnown(pair.warehouse) ? all.findIndex(({ location }) => location === pair.warehouse) : -1;
  const counted = Math.round((more.opening_day[at]! || 0) / panel.periodDays);
  // what sells here, or for a location that only serves others what they sell
  const sellers =
    series >= 0 ? [series] : all.filter(({ warehouse }) => warehouse === pair.location).map((to) => to.series);
  const sold = (from: number, to: number): number => {
    let sum = 0;
    for (const s of sellers.filter(isKnown))
      for (let t = Math.max(0, range.base + from); t < range.base + to; t++)
        sum += panel.quantity[s * panel.periods + t]! || 0;
    return sum;
  };
  const units = more.opening_units[at]!;
  const first = Math.max(0, Math.min(...sellers.filter(isKnown).map((s) => panel.firstPeriod[s]!)) - range.base);
  const openingDay = counted <= 0 || !Number.isFinite(first) ? 0 : first;
  // a count from before is rolled forward by sales, a first one from later back to the first sale
  const passed = series < 0 ? 0 : sold(Math.min(counted, openingDay), Math.max(counted, openingDay));
  const openingUnits = Math.max(0, counted <= 0 ? units - passed : units + passed);
  const terms = perPeriod(pair.terms, panel.periodDays);
  // a count that is far away tells nothing: deliveries came in between
  const isNear = !Number.isNaN(units) && Math.abs(counted - openingDay) * panel.periodDays <= COUNT_DAYS;
  const usual = (sold(-RECENT_PERIODS, 0) / RECENT_PERIODS) * (terms.leadDays + terms.reviewDays);
  return {
    pair: pair.index,
    series,
    supplier,
    terms,
    // of what has ended by today it is not known when that was announced
    endDay:
      pair.terms.endsInDays > 0
        ? panel.periods - range.base + pair.terms.endsInDays / panel.periodDays
        : Number.POSITIVE_INFINITY,
    openingDay,
    openingUnits: isNear ? openingUnits : Math.ceil(usual),
  };
}

/** Terms in periods of the panel, in which the replay counts its days. */
function perPeriod(terms: SupplyTerms, periodDays: number): SupplyTerms {
  return {
    ...terms,
    leadDays: Math.ceil(terms.leadDays / periodDays),
    leadSdDays: terms.leadSdDays / periodDays,
    reviewDays: Math.max(1, Math.round(terms.reviewDays / periodDays)),
    holdingPerUnitDay: terms.holdingPerUnitDay * periodDays,
    holdingEstimate: terms.holdingEstimate * periodDays,
    shelfLifeDays: Math.max(1, Math.floor(terms.shelfLifeDays / periodDays)),
    endsInDays: Number.POSITIVE_INFINITY,
  };
}
