import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { demandScales, demandWithin, extendForecast } from '../../../models/discount/demand-scenarios.ts';
import { followStock, type StockCase } from '../../../models/discount/stock-path.ts';

const still: StockCase = {
  stock: 100,
  arrivals: Float64Array.of(0, 0, 0, 0),
  demand: Float64Array.of(10, 10, 10, 10),
  laterDemand: 10,
  price: Float64Array.of(20, 20, 20, 20),
  regularPrice: 20,
  unitCost: 8,
  holdingCost: 0,
  salvageValue: 2,
  deadline: 30,
};
const asPlanned = { depth: 0, duration: 0, elasticity: -2, demandScale: [1, 1, 1, 1] };

/** Unit by unit and period by period, far beyond the window. */
function naiveMargin(given: StockCase, depth: number, duration: number, elasticity: number, scale: number): number {
  let stock = given.stock;
  let margin = 0;
  for (let t = 0; t < given.deadline; t++) {
    const isWindow = t < given.demand.length;
    stock += isWindow ? given.arrivals[t]! : 0;
    const planned = isWindow ? given.price[t]! : given.regularPrice;
    const price = t < duration ? Math.min(planned, given.regularPrice * (1 - depth)) : planned;
    const base = isWindow ? given.demand[t]! : given.laterDemand;
    const sold = Math.min(stock, base * scale * (price / planned) ** elasticity);
    stock -= sold;
    // beyond the window a sale in time only saves its cost, which is nothing gained or lost
    if (isWindow) margin += sold * (price - given.unitCost);
    margin -= (isWindow ? stock : stock + sold / 2) * given.holdingCost;
  }
  return margin - stock * (given.unitCost - given.salvageValue);
}

describe('a stock that is followed through a markdown', () => {
  it('sells as forecast without one', () => {
    // 40 units at 20 - 8; the 60 left sell within the 26 periods after
    expect(followStock(still, asPlanned)).toEqual({ units: 0, stockAfter: 100, margin: 480 });
  });

  it('sells by the elasticity while it runs, and as forecast after', () => {
    // half price, elasticity -1: twice the units in 2 periods
    const outcome = followStock(still, { ...asPlanned, depth: 0.5, duration: 2, elasticity: -1 });
    expect(outcome.units).toBeCloseTo(40, 12);
    expect(outcome.stockAfter).toBeCloseTo(60, 12);
    expect(outcome.margin).toBeCloseTo(40 * 2 + 20 * 12, 12);
  });

  it('cannot sell more than is there, and deliveries add to it', () => {
    const short = { ...still, stock: 5, arrivals: Float64Array.of(0, 7, 0, 0) };
    const outcome = followStock(short, { ...asPlanned, depth: 0.1, duration: 4 });
    expect(outcome.units).toBeCloseTo(12, 12);
    expect(outcome.stockAfter).toBe(0);
  });

  it('keeps a planned promotion that is deeper', () => {
    const promoted = { ...still, price: Float64Array.of(12, 20, 20, 20) };
    const outcome = followStock(promoted, { ...asPlanned, depth: 0.1, duration: 1 });
    expect(outcome).toMatchObject({ units: 10, margin: 10 * 4 + 30 * 12 });
  });

  it('loses cost less salvage on each unit that misses its deadline', () => {
    const dated = { ...still, deadline: 6 };
    expect(followStock(dated, asPlanned).margin).toBeCloseTo(480 - 40 * 6, 12);
    const within = { ...still, deadline: 2 };
    expect(followStock(within, asPlanned).margin).toBeCloseTo(240 - 80 * 6, 12);
  });

  it('does not mind no demand, no stock, and no window', () => {
    const dead = { ...still, demand: new Float64Array(4), laterDemand: 0 };
    expect(followStock(dead, { ...asPlanned, depth: 0.4, duration: 4 }).margin).toBeCloseTo(-600, 12);
    expect(followStock({ ...still, stock: 0 }, asPlanned).margin).toBeCloseTo(0, 12);
    const none = { ...still, demand: new Float64Array(0), arrivals: new Float64Array(0), price: new Float64Array(0) };
    expect(followStock(none, { ...asPlanned, demandScale: [] }).margin).toBeCloseTo(0, 12);
  });

  it('costs what a loop over every period to the deadline costs', () => {
    fc.assert(
      fc.property(
        fc.record({
          stock: fc.double({ min: 0, max: 500, noNaN: true }),
          later: fc.double({ min: 0.5, max: 20, noNaN: true }),
          depth: fc.constantFrom(0, 0.05, 0.2, 0.4),
          duration: fc.integer({ min: 0, max: 4 }),
          elasticity: fc.double({ min: -4, max: 0, noNaN: true }),
          scale: fc.constantFrom(0.5, 1, 1.7),
          arrival: fc.double({ min: 0, max: 50, noNaN: true }),
        }),
        ({ stock, later, depth, duration, elasticity, scale, arrival }) => {
          const given = { ...still, stock, laterDemand: later, arrivals: Float64Array.of(0, arrival, 0, 0) };
          const naive = naiveMargin(given, depth, duration, elasticity, scale);
          const demandScale = [scale, scale, scale, scale];
          const followed = followStock(given, { depth, duration, elasticity, demandScale });
          expect(followed.margin).toBeCloseTo(naive, 6);
          const held = { ...given, holdingCost: 0.05 };
          const kept = followStock(held, { depth, duration, elasticity, demandScale }).margin;
          // keeping the rest is a sum by periods in one and a triangle in the other: half a period of one rate apart
          expect(Math.abs(kept - naiveMargin(held, depth, duration, elasticity, scale))).toBeLessThan(
            0.05 * later * scale,
          );
        },
      ),
    );
  });
});

describe('demand', () => {
  const forecast = { mean: [10, 0, 20], low: [5, 0, 12], high: [16, 1, 30] };

  it('goes on at the mean rate of the forecast beyond its horizon', () => {
    expect([...extendForecast(forecast.mean, 5)]).toEqual([10, 0, 20, 10, 10]);
    expect([...extendForecast([], 2)]).toEqual([0, 0]);
  });

  it('of so many periods may end within one', () => {
    expect(demandWithin(forecast.mean, 2.5)).toBe(20);
    expect(demandWithin(forecast.mean, 4.5)).toBe(45);
    expect(demandWithin(forecast.mean, 0)).toBe(0);
    expect(demandWithin([], 9)).toBe(0);
  });

  it('has three scales whose weights sum to one and which have mean and variance of a normal', () => {
    const normal = { mean: [100], low: [100 - 12.816], high: [100 + 12.816] };
    const scales = demandScales(normal, 1);
    const moment = (power: number): number =>
      scales.reduce((sum, { weight, scale }) => sum + weight * (scale[0]! * 100 - 100) ** power, 0);
    expect(scales.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
    expect(moment(1)).toBeCloseTo(0, 9);
    expect(moment(2)).toBeCloseTo(100, 6);
  });

  it('has the ratio of the totals where a period has no mean or lies beyond the horizon', () => {
    const [low, mean, high] = demandScales(forecast, 4);
    expect([...low!.scale]).toEqual([0.5, 17 / 30, 0.6, 17 / 30]);
    expect([...mean!.scale]).toEqual([1, 1, 1, 1]);
    expect(high!.scale[3]).toBeCloseTo(47 / 30, 12);
    expect([...demandScales({ mean: [0], low: [0], high: [3] }, 2)[2]!.scale]).toEqual([1, 1]);
  });
});
