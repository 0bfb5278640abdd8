import { isoDateOf } from '../day.ts';
import type { Random } from '../random.ts';
import type { Demand } from './demand.ts';
import { between } from './distributions.ts';
import type { Market } from './market.ts';
import type { Offer } from './offer.ts';
import type { SampleTables } from './tables.ts';

/** Spans of a month before the as-of date in which planners overrode, and the one that begins on it. */
const MONTHS = 5;
const SPAN_DAYS = 30;
const ENTERED_DAYS_BEFORE = 3;
/** Chance that a planner overrides a product in one of the stores for a month. */
const CHANCE = 0.08;
/** A product must have been on sale for so long. */
const ON_SALE_DAYS = 60;
/** Nobody bothers with less than so many units a month. */
const LEAST_UNITS = 20;

/**
 * Overrides of two planners, so that it can be seen whether they help. Li asks in the store and enters about what will be wanted,
 * with an error of 8 %; Wu believes in every product and adds a fifth to a half.
 */
export function writeOverrides(
  { product }: Offer,
  { mean }: Demand,
  { plan, stores }: Market,
  tables: SampleTables,
  random: Random,
): void {
  const { history, days, startDay } = plan;
  for (let month = -MONTHS; month <= 0; month++) {
    const from = history + month * SPAN_DAYS;
    const to = from + SPAN_DAYS - 1;
    for (const planner of ['Li', 'Wu']) {
      const isChosen = random.uniform() < CHANCE;
      const store = random.below(stores.length);
      const error = random.normal();
      const hope = Math.round(between(random, 20, 50));
      if (!isChosen || from < product.launchDay + ON_SALE_DAYS || to >= product.endDay || from < ENTERED_DAYS_BEFORE)
        continue;
      const wanted = mean.subarray(store * days + from, store * days + to + 1).reduce((sum, value) => sum + value, 0);
      if (wanted < LEAST_UNITS) continue;
      tables.input.overrides.row([
        product.id,
        stores[store]!.id,
        isoDateOf(startDay + from),
        isoDateOf(startDay + to),
        planner === 'Li' ? Math.round(wanted * Math.exp(0.08 * error)) : undefined,
        planner === 'Wu' ? hope : undefined,
        planner === 'Li' ? 'asked in the store' : 'demand will pick up',
        planner,
        `${isoDateOf(startDay + from - ENTERED_DAYS_BEFORE)} 16:00:00`,
      ]);
    }
  }
}
