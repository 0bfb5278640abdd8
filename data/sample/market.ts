import { partsOf, weekdayOf } from '../day.ts';
import type { Random } from '../random.ts';
import { CATEGORIES } from './categories.ts';
import { type CompanyEvent, eventEffects, makeClosures } from './events.ts';
import { type Indicators, makeIndicators } from './indicators.ts';
import type { SamplePlan } from './options.ts';
import { makeStores, makeWarehouses, REGIONS, type Store, type Warehouse } from './places.ts';

/** All that products share: places, calendar, macro world and the moods that move a category or a store as a whole. */
export interface Market {
  plan: SamplePlan;
  stores: Store[];
  warehouses: Warehouse[];
  closures: CompanyEvent[];
  indicators: Indicators;
  /** Monday is 0, per day. */
  weekday: Uint8Array;
  /** Day of the year from 0, per day. */
  dayOfYear: Uint16Array;
  /** Log effect of holidays, [category][country][days]; minus infinity when shut. */
  events: Float64Array[][];
  /** Log deviation of a category in a region, [category][region][days]: what makes its products move together. */
  moods: Float64Array[][];
  /** Log deviation of a store, [store][days]; minus infinity while it is closed. */
  storeMoods: Float64Array[];
}

/** A stationary first-order autoregression with the given standard deviation. */
function autoregression(days: number, persistence: number, sd: number, random: Random): Float64Array {
  const series = new Float64Array(days);
  const innovation = sd * Math.sqrt(1 - persistence * persistence);
  let state = sd * random.normal();
  for (let t = 0; t < days; t++) {
    series[t] = state;
    state = persistence * state + innovation * random.normal();
  }
  return series;
}

export function makeMarket(plan: SamplePlan, random: Random): Market {
  const stores = makeStores(plan.stores, random.fork('stores'));
  const closures = makeClosures(plan, stores, random.fork('closures'));
  const indicators = makeIndicators(plan, random.fork('indicators'));
  const { confidence, energy } = indicators;
  const storeMoods = stores.map(({ id }) => autoregression(plan.days, 0.6, 0.05, random.fork(`mood/${id}`)));
  for (const { store, day } of closures) storeMoods[store!]![day - plan.startDay] = Number.NEGATIVE_INFINITY;
  const moods = CATEGORIES.map((category) =>
    REGIONS.map((region) =>
      autoregression(plan.days, 0.85, 0.07, random.fork(`mood/${category.name}/${region}`)).map(
        (mood, t) => mood + category.confidence * confidence[t]! + category.energy * energy[t]!,
      ),
    ),
  );
  return {
    plan,
    stores,
    warehouses: makeWarehouses(),
    closures,
    indicators,
    weekday: Uint8Array.from({ length: plan.days }, (_, t) => weekdayOf(plan.startDay + t)),
    dayOfYear: Uint16Array.from({ length: plan.days }, (_, t) => partsOf(plan.startDay + t).dayOfYear),
    events: eventEffects(plan),
    moods,
    storeMoods,
  };
}
