import { isoDateOf } from '../day.ts';
import { type Product, productIdOf } from './assortment.ts';
import { CATEGORIES } from './categories.ts';
import type { Demand } from './demand.ts';
import { KINDS, type StockFlow, WEEK_FIGURES } from './inventory.ts';
import type { Market } from './market.ts';
import type { Offer } from './offer.ts';
import { discounted, type ListPrice } from './prices.ts';
import { holdingCost, type SupplyTerms, shortageCost } from './supply-terms.ts';
import type { SampleTables } from './tables.ts';

const SERVICE_LEVELS = [0.9, 0.95, 0.98];

const money = (cents: number): string => (cents / 100).toFixed(2);
const rounded = (value: number, places = 4): string => value.toFixed(places);

/** Identifiers of locations as they are written, stores first and then warehouses. */
export function locationIds({ stores, warehouses }: Market): string[] {
  return [...stores, ...warehouses].map(({ id }) => id);
}

/** The row of a product and its truth. */
export function writeProduct({ product, lists, listCents }: Offer, market: Market, tables: SampleTables): void {
  const { plan } = market;
  const { name, department } = CATEGORIES[product.category]!;
  const launchedOn = product.launchDay > 0 ? isoDateOf(plan.startDay + product.launchDay) : undefined;
  const { elasticity } = product;
  tables.input.products.record({
    product_id: product.id,
    name: product.name,
    category: name,
    department,
    unit_cost: money(product.unitCostCents),
    list_price: money(listCents[0]![plan.history - 1]!),
    pack_size: product.packSize,
    min_order_quantity: product.minOrder,
    supplier_id: `SUP${String(product.supplier + 1).padStart(2, '0')}`,
    launched_on: launchedOn,
    shelf_life_days: product.shelfLifeDays,
  });
  tables.truth.products.row([
    product.id,
    product.pace,
    rounded(elasticity),
    rounded(Math.exp(product.logBase)),
    rounded(product.size),
    rounded(product.trendPerYear),
    rounded(product.seasonAmplitude),
    rounded(product.seasonPeakDay, 1),
    launchedOn,
    product.endDay < plan.days ? isoDateOf(plan.startDay + product.endDay - 1) : undefined,
    product.isOverstocked,
  ]);
  for (const cross of product.cross)
    tables.truth.cross_elasticities.row([product.id, productIdOf(cross.product), rounded(cross.elasticity)]);
  if (product.isPricedByRegion)
    for (const store of market.stores) writePrices(product, lists[store.region]!, store.id, market, tables);
  else writePrices(product, lists[0]!, undefined, market, tables);
}

/** Prices that were known by the as-of morning. */
function writePrices(
  product: Product,
  list: readonly ListPrice[],
  locationId: string | undefined,
  { plan }: Market,
  tables: SampleTables,
): void {
  const known = list.filter(({ knownOn }) => knownOn < plan.history);
  known.forEach(({ from, cents, knownOn }, i) => {
    const isLast = i === known.length - 1;
    const endsOn = isLast && product.endDay < plan.days ? isoDateOf(plan.startDay + product.endDay - 1) : undefined;
    const knownAt = `${isoDateOf(plan.startDay + knownOn)} 09:00:00`;
    tables.input.prices.row([product.id, locationId, isoDateOf(plan.startDay + from), money(cents), endsOn, knownAt]);
  });
}

/** Promotions that were known by the as-of morning, one row per store where not all take part. */
export function writePromotions({ product, promotions }: Offer, { plan, stores }: Market, tables: SampleTables): void {
  for (const { id, from, to, discountPct, kind, stores: some, knownOn } of promotions) {
    if (knownOn >= plan.history) continue;
    const days = [isoDateOf(plan.startDay + from), isoDateOf(plan.startDay + to)];
    const knownAt = `${isoDateOf(plan.startDay + knownOn)} 09:00:00`;
    for (const store of some ?? [undefined]) {
      const locationId = store === undefined ? undefined : stores[store]!.id;
      tables.input.promotions.row([id, product.id, locationId, ...days, discountPct, kind, knownAt]);
    }
  }
}

/** Terms by location. Two products in three have a shortage cost, the rest a wanted service level. */
export function writeSupply(
  product: Product,
  terms: readonly SupplyTerms[],
  market: Market,
  tables: SampleTables,
): void {
  const hasShortageCost = product.index % 3 !== 2;
  locationIds(market).forEach((locationId, l) => {
    const { leadTimeDays, leadTimeSdDays, reviewPeriodDays, orderCostCents } = terms[l]!;
    tables.input.supply.record({
      product_id: product.id,
      location_id: locationId,
      lead_time_days: leadTimeDays,
      lead_time_sd_days: leadTimeSdDays,
      review_period_days: reviewPeriodDays,
      order_cost: money(orderCostCents),
      holding_cost_per_unit_day: rounded(holdingCost(product), 6),
      shortage_cost_per_unit: hasShortageCost ? rounded(shortageCost(product), 2) : undefined,
      service_level: hasShortageCost ? undefined : SERVICE_LEVELS[product.supplier % SERVICE_LEVELS.length],
    });
  });
}

/** Sales rows of one product, and the true demand of the days that ran short. The hot loop of the simulator. */
export function writeSales(
  { product, listCents, daily }: Offer,
  { units, mean }: Demand,
  flow: StockFlow,
  market: Market,
  dates: readonly Uint8Array[],
  tables: SampleTables,
): void {
  const { history, days } = market.plan;
  const { sales } = tables.input;
  const from = Math.max(0, product.launchDay);
  const end = Math.min(history, product.endDay);
  market.stores.forEach(({ id, region }, s) => {
    const pair = Buffer.from(`${product.id},${id}`);
    const list = listCents[region]!;
    for (let t = from; t < end; t++) {
      const cell = s * days + t;
      const sold = flow.sold[s * history + t]!;
      const isInStock = flow.inStock[s * history + t] === 1;
      const paid = discounted(list[t]!, daily.discountPct[cell]!);
      sales
        .bytes(dates[t]!)
        .bytes(pair)
        .integer(sold)
        .cents(sold * paid)
        .cents(paid)
        .cents(list[t]!)
        .boolean(daily.kind[cell] !== 0)
        .boolean(isInStock)
        .empty()
        .endRow();
      if (!isInStock) {
        const truth = tables.truth.demand_censored.bytes(dates[t]!).bytes(pair);
        truth.integer(sold).integer(units[cell]!).text(rounded(mean[cell]!)).endRow();
      }
    }
  });
}

/** True demand from the as-of date on, by which forecasts are scored. */
export function writeFuture(
  product: Product,
  { units, mean }: Demand,
  market: Market,
  dates: readonly Uint8Array[],
  tables: SampleTables,
): void {
  const { history, days } = market.plan;
  if (product.endDay <= history) return;
  market.stores.forEach(({ id }, s) => {
    const pair = Buffer.from(`${product.id},${id}`);
    for (let t = history; t < days; t++) {
      const cell = s * days + t;
      const truth = tables.truth.demand_future.bytes(dates[t]!).bytes(pair);
      truth.integer(units[cell]!).text(rounded(mean[cell]!)).endRow();
    }
  });
}

/** Stock counted every Monday and on the as-of morning, and what is under way on that morning. */
export function writeStock(
  product: Product,
  flow: StockFlow,
  market: Market,
  dates: readonly Uint8Array[],
  tables: SampleTables,
): void {
  const { history, startDay } = market.plan;
  const pairs = locationIds(market).map((id) => Buffer.from(`${product.id},${id}`));
  pairs.forEach((pair, l) => {
    for (let t = Math.max(0, product.launchDay); t <= history; t++) {
      if (market.weekday[t] !== 0 && t !== history) continue;
      tables.input.stock
        .bytes(dates[t]!)
        .bytes(pair)
        .integer(flow.onHand[l * (history + 1) + t]!)
        .endRow();
    }
  });
  const open = flow.underWay.toSorted((a, b) => a.location - b.location || a.orderedOn - b.orderedOn);
  for (const { location, orderedOn, promisedOn, quantity } of open) {
    // Suppliers who are late promise the next morning.
    const dueOn = isoDateOf(startDay + Math.max(history + 1, promisedOn));
    tables.input.inbound
      .bytes(pairs[location]!)
      .text(dueOn)
      .text(isoDateOf(startDay + orderedOn))
      .integer(quantity)
      .endRow();
  }
}

/** What the company did with a product, week by week: stock kept, orders, deliveries. Whole weeks back from the as-of day. */
export function writeCompany(product: Product, { weeks }: StockFlow, { plan }: Market, tables: SampleTables): void {
  const count = Math.ceil(plan.history / 7);
  KINDS.forEach((kind, k) => {
    for (let week = count - 1; week >= 0; week--) {
      const from = (k * count + week) * WEEK_FIGURES.length;
      const figures = weeks.subarray(from, from + WEEK_FIGURES.length);
      if (figures.every((figure) => figure === 0)) continue;
      tables.truth.company.row([isoDateOf(plan.asOfDay - 7 * (week + 1)), product.id, kind, ...figures]);
    }
  });
}
