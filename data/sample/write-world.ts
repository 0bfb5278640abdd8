import { isoDateOf } from '../day.ts';
import type { Random } from '../random.ts';
import { CATEGORIES } from './categories.ts';
import { companyEvents } from './events.ts';
import { FUNNEL_DROPS, FUNNEL_SEGMENTS, FUNNEL_STAGES, funnelDay } from './funnel.ts';
import type { Market } from './market.ts';
import { REGIONS } from './places.ts';
import { PROMOTION_BOOSTS } from './promotions.ts';
import type { SampleTables } from './tables.ts';

/** Suppliers of each category. They take orders every day and of any size. */
const SUPPLIERS_PER_CATEGORY = 2;
/** Days before the as-of day on which every supplier took stock. */
const STOCKTAKING = { from: 158, until: 157 };

/** Locations, suppliers, calendar and indicators, and the truth that belongs to no product. */
export function writeWorld(market: Market, { input, truth }: SampleTables): void {
  const { plan, stores, warehouses, closures, indicators } = market;
  for (const { id, name, region } of stores)
    input.locations.row([id, name, REGIONS[region], 'store', warehouses[region]!.id]);
  for (const { id, name, region } of warehouses)
    input.locations.row([id, name, REGIONS[region], 'warehouse', undefined]);
  for (let supplier = 1; supplier <= CATEGORIES.length * SUPPLIERS_PER_CATEGORY; supplier++) {
    const id = `SUP${String(supplier).padStart(2, '0')}`;
    const category = CATEGORIES[Math.floor((supplier - 1) / SUPPLIERS_PER_CATEGORY)]!.name;
    input.suppliers.record({ supplier_id: id, name: `${category} supplier ${supplier}` });
  }
  const { from, until } = STOCKTAKING;
  input.supplier_closures.row([undefined, isoDateOf(plan.asOfDay - from), isoDateOf(plan.asOfDay - until)]);
  for (const { day, event, kind, region, store, isClosed } of companyEvents(plan, stores, closures)) {
    const location = store === undefined ? undefined : stores[store]!.id;
    input.calendar.row([isoDateOf(day), event, region, location, kind, isClosed]);
  }
  for (const { indicator, day, value, knownOn } of indicators.published)
    if (knownOn < plan.asOfDay)
      input.indicators.row([indicator, isoDateOf(day), value, `${isoDateOf(knownOn)} 08:00:00`]);
  for (const [kind, effect] of Object.entries(PROMOTION_BOOSTS)) truth.promotion_effects.row([kind, effect]);
  for (const { name, confidence, energy } of CATEGORIES) truth.indicator_effects.row([name, confidence, energy]);
}

/** The funnel by day, segment and stage, and its true drops. */
export function writeFunnel({ plan }: Market, { input, truth }: SampleTables, random: Random): void {
  const streams = FUNNEL_SEGMENTS.map((segment) => random.fork(segment));
  for (let t = 0; t < plan.history; t++) {
    FUNNEL_SEGMENTS.forEach((segment, i) => {
      const people = funnelDay(plan, t, segment, streams[i]!);
      FUNNEL_STAGES.forEach(({ name }, stage) => {
        input.funnel.row([isoDateOf(plan.startDay + t), name, segment, people[stage]]);
      });
    });
  }
  for (const { stage, segment, from, to, fractionLost } of FUNNEL_DROPS)
    truth.funnel_drops.row([
      stage,
      segment,
      isoDateOf(plan.asOfDay - from),
      isoDateOf(plan.asOfDay - to),
      fractionLost,
    ]);
}
