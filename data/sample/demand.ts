import type { Random } from '../random.ts';
import { negativeBinomial } from './distributions.ts';
import type { Market } from './market.ts';
import type { Offer } from './offer.ts';
import { PROMOTION_BOOSTS, PROMOTION_KINDS } from './promotions.ts';

/** What shoppers wanted, whether or not it was on the shelf; both [stores][days]. */
export interface Demand {
  /** Expected units. */
  mean: Float64Array;
  /** Units, drawn around the mean. */
  units: Int32Array;
}

const BOOSTS = [0, ...PROMOTION_KINDS.map((kind) => PROMOTION_BOOSTS[kind])];
const RAMP_DAYS = 42;
const DAYS_PER_YEAR = 365.25;
/** A series wanders around its level by 12 %, with a memory of some months. */
const DRIFT = { persistence: 0.99, sd: 0.12 };

/** Log level of a product per day: trend, yearly season and the slow start after a launch; the same in every store. */
function levelOf({ product }: Offer, { plan, dayOfYear }: Market): Float64Array {
  const level = new Float64Array(plan.days);
  for (let t = 0; t < plan.days; t++) {
    const angle = (2 * Math.PI * (dayOfYear[t]! - product.seasonPeakDay)) / DAYS_PER_YEAR;
    const season = product.seasonAmplitude * (Math.cos(angle) + 0.25 * Math.cos(2 * angle));
    const age = t - product.launchDay;
    const ramp = product.launchDay > 0 && age < RAMP_DAYS ? Math.log(0.3 + (0.7 * Math.max(0, age)) / RAMP_DAYS) : 0;
    level[t] = product.logBase + (product.trendPerYear * (t - plan.history)) / DAYS_PER_YEAR + season + ramp;
  }
  return level;
}

/** Log effect of the substitutes' prices, [stores][days]; a substitute acts while it is on sale. */
function crossEffect(offer: Offer, group: readonly Offer[], { plan, stores }: Market): Float64Array {
  const effect = new Float64Array(stores.length * plan.days);
  for (const { product: index, elasticity } of offer.product.cross) {
    const other = group.find(({ product }) => product.index === index);
    if (!other) continue;
    const from = Math.max(0, other.product.launchDay);
    const end = Math.min(plan.days, other.product.endDay);
    for (let s = 0; s < stores.length; s++)
      for (let cell = s * plan.days + from; cell < s * plan.days + end; cell++)
        effect[cell]! += elasticity * other.logPrice[cell]!;
  }
  return effect;
}

/**
 * Demand of one product in every store and on every day, the days ahead included: the exponential of a sum of log effects
 * (level, store, weekday, holidays, own and substitutes' prices, promotion, moods), and a negative binomial around it.
 * Cost O(stores x days).
 */
export function makeDemand(offer: Offer, group: readonly Offer[], market: Market, random: Random): Demand {
  const { product, daily, logPrice } = offer;
  const { plan, stores, weekday } = market;
  const { days } = plan;
  const mean = new Float64Array(stores.length * days);
  const units = new Int32Array(stores.length * days);
  const level = levelOf(offer, market);
  const cross = crossEffect(offer, group, market);
  const from = Math.max(0, product.launchDay);
  const end = Math.min(days, product.endDay);
  const innovation = DRIFT.sd * Math.sqrt(1 - DRIFT.persistence ** 2);
  stores.forEach((store, s) => {
    const own = random.fork(store.id);
    const affinity = store.logSize + 0.2 * own.normal();
    const events = market.events[product.category]![store.countryIndex]!;
    const mood = market.moods[product.category]![store.region]!;
    const storeMood = market.storeMoods[s]!;
    const week = product.weekday[store.region]!;
    let drift = DRIFT.sd * own.normal();
    for (let t = from; t < end; t++) {
      const cell = s * days + t;
      drift = DRIFT.persistence * drift + innovation * own.normal();
      const log =
        level[t]! +
        affinity +
        drift +
        week[weekday[t]!]! +
        events[t]! +
        mood[t]! +
        storeMood[t]! +
        product.elasticity * logPrice[cell]! +
        cross[cell]! +
        BOOSTS[daily.kind[cell]!]!;
      mean[cell] = Math.exp(log);
      units[cell] = negativeBinomial(own, mean[cell]!, product.size);
    }
  });
  return { mean, units };
}
