import { describe, expect, it } from 'vitest';
import { lunisolarDay } from '../../../data/calendars/lunisolar.ts';
import { dayOf } from '../../../data/day.ts';
import { createRandom } from '../../../data/random.ts';
import { Buyer, guessLift } from '../../../data/sample/buyer.ts';
import { makeDemand } from '../../../data/sample/demand.ts';
import { runInventory } from '../../../data/sample/inventory.ts';
import { makeMarket } from '../../../data/sample/market.ts';
import { makeGroup } from '../../../data/sample/offer.ts';
import { planOf } from '../../../data/sample/options.ts';
import { PROMOTION_BOOSTS, PROMOTION_KINDS } from '../../../data/sample/promotions.ts';
import { makeSupplyTerms } from '../../../data/sample/supply-terms.ts';
import { poissonRegression } from './poisson-regression.ts';

const plan = planOf({ folder: '', products: 40, locations: 8 });
const random = createRandom(7).fork('demand-test');
const market = makeMarket(plan, random.fork('market'));
const { days, history, startDay } = plan;
const groups = Array.from({ length: 10 }, (_, g) => makeGroup(g, market, random));
const offers = groups.flatMap((group) =>
  group.map((offer) => ({
    offer,
    group,
    demand: makeDemand(offer, group, market, random.fork(`d/${offer.product.index}`)),
  })),
);
const lasting = offers.filter(({ offer: { product } }) => product.launchDay <= 0 && product.endDay > days);
const fast = lasting.filter(({ offer: { product } }) => product.pace === 'fast');

/** Own elasticity, cross elasticities and promotion effects by regression on true demand, holidays and moods unknown. */
function estimate({ offer, group, demand }: (typeof fast)[number]) {
  const { product, daily, logPrice } = offer;
  const others = product.cross.map((cross) => group.find((o) => o.product.index === cross.product)!);
  const stores = market.stores.length;
  const rows: Float64Array[] = [];
  const counts: number[] = [];
  const offset: number[] = [];
  for (let s = 0; s < stores; s++) {
    const { countryIndex, region } = market.stores[s]!;
    const events = market.events[product.category]![countryIndex]!;
    for (let t = 0; t < history; t++) {
      const cell = s * days + t;
      if (demand.mean[cell] === 0) continue;
      const angle = (2 * Math.PI * market.dayOfYear[t]!) / 365.25;
      const kinds = PROMOTION_KINDS.map((_, k) => +(daily.kind[cell] === k + 1));
      const week = Array.from(
        { length: 12 },
        (_, w) => +(market.weekday[t] === (w % 6) + 1 && region === Math.floor(w / 6)),
      );
      const season = [Math.cos(angle), Math.sin(angle), Math.cos(2 * angle), Math.sin(2 * angle), t / history];
      const store = market.stores.map((_, i) => +(i === s));
      const cross = others.map((other) => other.logPrice[cell]!);
      rows.push(Float64Array.of(logPrice[cell]!, ...cross, ...kinds, ...season, ...week, ...store));
      counts.push(demand.units[cell]!);
      offset.push(events[t]!);
    }
  }
  return poissonRegression(rows, counts, offset);
}

describe('demand', () => {
  it('lets a regression on true demand recover own elasticities', () => {
    const errors = fast.slice(0, 8).map((one) => {
      const { coefficients } = estimate(one);
      return coefficients[0]! - one.offer.product.elasticity;
    });
    expect(errors.length).toBe(8);
    expect(Math.max(...errors.map(Math.abs))).toBeLessThan(0.35);
    expect(Math.abs(errors.reduce((sum, error) => sum + error, 0) / errors.length)).toBeLessThan(0.1);
  });

  it('lets the same regression tell promotion from price and find cross elasticities', () => {
    const one = fast.find(({ offer }) => offer.product.cross.length === 1)!;
    const { coefficients } = estimate(one);
    expect(coefficients[1]! - one.offer.product.cross[0]!.elasticity).toBeCloseTo(0, 0);
    expect(Math.abs(coefficients[1]! - one.offer.product.cross[0]!.elasticity)).toBeLessThan(0.35);
    expect(Math.abs(coefficients[2 + PROMOTION_KINDS.indexOf('display')]! - PROMOTION_BOOSTS.display)).toBeLessThan(
      0.15,
    );
  });

  it('draws units around the mean, with the variance of a negative binomial', () => {
    for (const { demand, offer } of fast.slice(0, 5)) {
      let squares = 0;
      let expected = 0;
      let difference = 0;
      let units = 0;
      demand.mean.forEach((mean, i) => {
        squares += (demand.units[i]! - mean) ** 2;
        expected += mean + (mean * mean) / offer.product.size;
        difference += demand.units[i]! - mean;
        units += mean;
      });
      expect(Math.abs(difference / units)).toBeLessThan(0.02);
      expect(squares / expected).toBeGreaterThan(0.9);
      expect(squares / expected).toBeLessThan(1.1);
    }
  });

  it('rises before Chinese New Year in China, stands still on it, and leaves Europe alone', () => {
    const tea = market.events[0]!;
    const newYear = lunisolarDay('newYear', 2024) - startDay;
    expect(tea[2]![newYear - 7]).toBeGreaterThan(0.3);
    expect(tea[2]![newYear]).toBe(Number.NEGATIVE_INFINITY);
    expect(tea[2]![newYear + 2]).toBeLessThan(0);
    expect([tea[0]![newYear - 7], tea[0]![newYear], tea[1]![newYear]]).toEqual([0, 0, 0]);
  });

  it('has its greatest shopping day in China on 11.11', () => {
    const day = dayOf('2024-11-11') - startDay;
    expect(market.events[2]![2]![day]).toBeGreaterThan(1);
    expect(Math.max(...market.events[2]![2]!)).toBe(market.events[2]![2]![day]);
  });

  it('moves the products of one category together', () => {
    const [a, b] = market.moods[0]!;
    const variance = (x: Float64Array) => x.reduce((sum, v) => sum + v * v, 0) / x.length;
    expect(Math.sqrt(variance(a!))).toBeGreaterThan(0.03);
    expect(a).not.toEqual(b);
  });

  it('has fast, slow and intermittent products, launches and endings', () => {
    const products = offers.map(({ offer }) => offer.product);
    expect(new Set(products.map(({ pace }) => pace)).size).toBe(3);
    expect(products.some(({ launchDay }) => launchDay > 0)).toBe(true);
    expect(products.some(({ endDay }) => endDay < history)).toBe(true);
  });
});

describe('prices and promotions', () => {
  it('do not move together: displays without a discount, list prices without a promotion', () => {
    const promotions = offers.flatMap(({ offer }) => offer.promotions);
    expect(promotions.some(({ discountPct }) => discountPct === 0)).toBe(true);
    expect(new Set(promotions.map(({ discountPct }) => discountPct)).size).toBeGreaterThan(5);
    expect(lasting.every(({ offer }) => offer.lists[0]!.length > 3)).toBe(true);
  });

  it('never run two promotions of a product on one day, and announce them 45 days ahead', () => {
    for (const { offer } of offers) {
      offer.promotions.forEach((promotion, i) => {
        expect(promotion.knownOn).toBeLessThanOrEqual(promotion.from - 45);
        if (i > 0) expect(promotion.from).toBeGreaterThan(offer.promotions[i - 1]!.to);
      });
    }
  });
});

describe('stock', () => {
  const flows = offers.slice(0, 16).map(({ offer, demand }, i) => {
    const { product, daily } = offer;
    const terms = makeSupplyTerms(market, random.fork(`terms/${i}`));
    const lift = guessLift(daily.discountPct, daily.kind, product.category, market);
    const buyer = new Buyer(product, market, terms, demand.units, lift, random.fork(`buyer/${i}`));
    return {
      product,
      demand,
      flow: runInventory(product, market, terms, demand.units, buyer, random.fork(`stock/${i}`)),
    };
  });

  it('sells all that is wanted where it is in stock, and what there is otherwise', () => {
    for (const { demand, flow } of flows) {
      for (let s = 0; s < market.stores.length; s++) {
        for (let t = 0; t < history; t++) {
          const sold = flow.sold[s * history + t]!;
          const wanted = demand.units[s * days + t]!;
          const there = flow.onHand[s * (history + 1) + t]!;
          if (flow.inStock[s * history + t] === 1) expect(sold).toBe(wanted);
          else expect(sold).toBe(Math.min(wanted, there));
        }
      }
    }
  });

  it('is never negative, in stores and warehouses', () => {
    for (const { flow } of flows) expect(Math.min(...flow.onHand)).toBeGreaterThanOrEqual(0);
  });

  it('changes in a store by deliveries in whole packs alone, beyond what is sold', () => {
    for (const { product, flow } of flows) {
      for (let s = 0; s < market.stores.length; s++) {
        for (let t = Math.max(0, product.launchDay); t < history; t++) {
          const row = s * (history + 1);
          const received = flow.onHand[row + t + 1]! - flow.onHand[row + t]! + flow.sold[s * history + t]!;
          expect(received).toBeGreaterThanOrEqual(0);
          expect(received % product.packSize).toBe(0);
        }
      }
    }
  });

  it('has orders under way that are whole packs and arrive after the as-of morning', () => {
    const underWay = flows.flatMap(({ flow, product }) => flow.underWay.map((delivery) => ({ ...delivery, product })));
    expect(underWay.length).toBeGreaterThan(0);
    for (const { quantity, product, arrivesOn, orderedOn } of underWay) {
      expect(quantity % product.packSize).toBe(0);
      expect(arrivesOn).toBeGreaterThan(history);
      expect(orderedOn).toBeLessThan(history);
    }
  });

  it('reaches far beyond the usual where a buying mistake was made', () => {
    const cover = ({ demand, flow }: (typeof flows)[number]) => {
      let stock = 0;
      let units = 0;
      for (let s = 0; s < market.stores.length; s++) {
        stock += flow.onHand[s * (history + 1) + history]!;
        for (let t = history - 60; t < history; t++) units += demand.mean[s * days + t]! / 60;
      }
      return stock / units;
    };
    const overstocked = flows.filter(({ product }) => product.isOverstocked && product.launchDay <= 0);
    expect(overstocked.length).toBeGreaterThan(0);
    for (const one of overstocked) expect(cover(one)).toBeGreaterThan(40);
  });
});
