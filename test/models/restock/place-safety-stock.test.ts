import { describe, expect, it } from 'vitest';
import { normalQuantile } from '../../../models/numerics/distributions.ts';
import { demandCurve } from '../../../models/restock/demand-curve.ts';
import { echelonOf } from '../../../models/restock/echelon.ts';
import { placeSafetyStock } from '../../../models/restock/place-safety-stock.ts';

const RATE = 100;
const DISPERSION = 4;

/** A store that sells 100 a day with a standard deviation of 20, steady enough to be nearly normal. */
const store = (leadDays: number, holdingPerUnitDay = 1, levelVariance = 0) => ({
  curve: demandCurve(Array<number>(60).fill(RATE), 1),
  spread: { dispersion: DISPERSION, levelVariance, bias: 1 },
  position: 0,
  leadDays,
  reviewDays: 1,
  holdingPerUnitDay,
  target: 0.95,
  isCount: false,
});
const repeat = (count: number, ...given: Parameters<typeof store>) =>
  Array.from({ length: count }, () => store(...given));
/** Safety stock in the textbook: z x sigma x root of the days, pooled over so many stores. */
const textbook = (days: number, stores = 1): number =>
  normalQuantile(0.95) * Math.sqrt(DISPERSION * RATE * days * stores);

describe('the place of safety stock', () => {
  it('costs what the textbook says at either level', () => {
    const { warehouseCost, storesCost } = placeSafetyStock(repeat(6, 3), 21, 1);
    expect(warehouseCost / (textbook(21, 6) + 6 * textbook(4))).toBeCloseTo(1, 1);
    expect(storesCost / (6 * textbook(25))).toBeCloseTo(1, 1);
  });

  it('is the warehouse where many stores share it, and the store where there is only one', () => {
    expect(placeSafetyStock(repeat(6, 3), 21, 1).at).toBe('warehouse');
    expect(placeSafetyStock(repeat(1, 3), 21, 1).at).toBe('stores');
  });

  it('is wherever keeping stock is cheap enough', () => {
    expect(placeSafetyStock(repeat(6, 3, 0.2), 21, 1).at).toBe('stores');
    expect(placeSafetyStock(repeat(1, 3, 3), 21, 1).at).toBe('warehouse');
    // costs that are not known count as equal
    expect(placeSafetyStock(repeat(6, 3, Number.NaN), 21, 1).at).toBe('warehouse');
  });

  it('is never between the two: a naive search over the time promised ends at one of them', () => {
    for (const [count, ownDays, days, holding] of [
      [6, 4, 21, 1],
      [1, 4, 21, 1],
      [3, 2, 8, 0.7],
    ] as const) {
      const costAt = (promised: number): number =>
        textbook(days - promised, count) + count * holding * textbook(ownDays + promised);
      const all = Array.from({ length: days + 1 }, (_, promised) => costAt(promised));
      expect(Math.min(...all)).toBe(Math.min(all[0]!, all.at(-1)!));
    }
  });

  it('does not even chances out over stores that hold it themselves', () => {
    const pooled = echelonOf(repeat(4, 3, 1, 0.04), 20).spread;
    const apart = echelonOf(repeat(4, 3, 1, 0.04), 20, false).spread;
    expect(pooled).toEqual({ dispersion: 4, levelVariance: 0.01, bias: 1 });
    // four equal stores side by side: twice the standard deviation, so four times the variance
    expect(apart.dispersion).toBeCloseTo(16, 9);
    expect(apart.levelVariance).toBeCloseTo(0.04, 9);
  });
});
