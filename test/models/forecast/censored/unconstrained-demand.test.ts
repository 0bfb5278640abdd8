import { describe, expect, it } from 'vitest';
import { createRandom, type Random } from '../../../../data/random.ts';
import { tailMoments } from '../../../../models/forecast/censored/tail-moments.ts';
import { type CensoredDemand, unconstrainedDemand } from '../../../../models/forecast/censored/unconstrained-demand.ts';
import { countAt, countTable } from '../../../../models/forecast/uncertainty/count-table.ts';
import { panelOf } from '../panel-fixture.ts';

const PERIODS = 365;
const SERIES = 40;

interface Truth {
  demand: number[][];
  sold: number[][];
  isOut: boolean[][];
}

/** Counts with weekday, promotion and growth, and shelves that run out during a day or stay empty for days. */
function simulate(seed: number, stockDays: number, emptyShare: number): Truth {
  const random = createRandom(seed);
  const demand: number[][] = [];
  const sold: number[][] = [];
  const isOut: boolean[][] = [];
  for (let s = 0; s < SERIES; s++) {
    const level = Math.exp(1 + random.normal());
    const draw = (mean: number, own: Random): number => countAt(countTable(mean, 1.6), own.uniform());
    const own = Array.from({ length: PERIODS }, (_, t) =>
      draw(level * (1 + 0.001 * t) * (1 + 0.4 * Math.sin((2 * Math.PI * t) / 7)) * (isPromotion(s, t) ? 2 : 1), random),
    );
    let empty = 0;
    const shelf = own.map((wanted, t) => {
      if (empty > 0) {
        empty--;
        return 0;
      }
      if (random.uniform() < emptyShare) empty = 1 + random.below(10);
      const stock =
        stockDays > 0 && t % 3 === 0 ? Math.max(1, Math.round(stockDays * level)) : Number.POSITIVE_INFINITY;
      return Math.min(wanted, stock);
    });
    demand.push(own);
    sold.push(shelf);
    isOut.push(own.map((wanted, t) => shelf[t]! < wanted));
  }
  return { demand, sold, isOut };
}

const isPromotion = (s: number, t: number): boolean => (t + 11 * s) % 60 < 7;
/** Estimates laid over what was sold, [series][period]. */
function laidOver(sold: number[][], { series, period, demand }: CensoredDemand): number[][] {
  const all = sold.map((own) => [...own]);
  series.forEach((s, i) => {
    all[s]![period[i]!] = demand[i]!;
  });
  return all;
}
const sum = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((a, b) => a + (Number.isNaN(b) ? 0 : b), 0);

describe('unconstrained demand', () => {
  it.each([
    ['shelves that run out on good days', 1.5, 0],
    ['shelves that run out nearly every third day', 0.8, 0],
    ['shelves that stay empty for days', 0, 0.03],
    ['both', 1.2, 0.02],
  ] as const)('is recovered, the hidden part within a tenth, for %s', (_, stockDays, emptyShare) => {
    let truth = 0;
    let found = 0;
    let hidden = 0;
    for (const seed of [1, 2]) {
      const { demand, sold, isOut } = simulate(seed, stockDays, emptyShare);
      const panel = panelOf({
        sales: sold,
        inStock: (s, t) => !isOut[s]![t]!,
        discount: (s, t) => (isPromotion(s, t) ? 0.2 : 0),
      });
      truth += sum(demand.flat());
      found += sum(laidOver(sold, unconstrainedDemand(panel, PERIODS)).flat());
      hidden += sum(demand.flat()) - sum(sold.flat());
    }
    expect(hidden / truth).toBeGreaterThan(0.03);
    expect(Math.abs(found - truth) / hidden).toBeLessThan(0.1);
  });

  it('is given for the periods that ran out, and is never less than was sold', () => {
    const { sold, isOut } = simulate(3, 1, 0.02);
    const panel = panelOf({ sales: sold, inStock: (s, t) => !isOut[s]![t]! });
    const found = unconstrainedDemand(panel, PERIODS);
    const cells = isOut.flatMap((own, s) => own.flatMap((out, t) => (out ? [[s, t]] : [])));
    expect(Array.from(found.series, (s, i) => [s, found.period[i]])).toEqual(cells);
    expect(Array.from(found.sold)).toEqual(cells.map(([s, t]) => sold[s!]![t!]));
    expect(found.demand.every((demand, i) => demand >= found.sold[i]!)).toBe(true);
  });

  it('leaves out days on which the place was closed', () => {
    const sales = [Array.from({ length: 60 }, (_, t) => (t % 7 === 6 ? 0 : 3))];
    const panel = panelOf({ sales, inStock: (_, t) => t % 7 < 5, isClosed: (_, t) => t % 7 === 6 });
    const { period } = unconstrainedDemand(panel, 60);
    expect(period.length).toBe(8);
    expect(period.every((t) => t % 7 === 5)).toBe(true);
  });

  it('uses and estimates nothing before a given start', () => {
    const { sold, isOut } = simulate(5, 1, 0.02);
    const shifted = sold.map((own) => own.map((value, t) => (t < 100 ? 99 : value)));
    const inStock = (s: number, t: number) => !isOut[s]![t]!;
    const late = unconstrainedDemand(panelOf({ sales: shifted, inStock }), PERIODS, 100);
    expect(late.period.every((t) => t >= 100)).toBe(true);
    expect(late).toEqual(unconstrainedDemand(panelOf({ sales: sold, inStock }), PERIODS, 100));
    const whole = unconstrainedDemand(panelOf({ sales: sold, inStock }), PERIODS);
    const ratio = sum(late.demand) / sum(whole.demand.filter((_, i) => whole.period[i]! >= 100));
    expect(Math.abs(ratio - 1)).toBeLessThan(0.03);
  });

  it('reads nothing from the origin on', () => {
    const { sold, isOut } = simulate(4, 1, 0.02);
    const later = sold.map((own) => own.map((value, t) => (t >= 200 ? 999 : value)));
    const run = (sales: number[][]) => unconstrainedDemand(panelOf({ sales, inStock: (s, t) => !isOut[s]![t]! }), 200);
    expect(run(later)).toEqual(run(sold));
  });

  it('survives no series, never in stock, all zero, unknown and huge', () => {
    expect(unconstrainedDemand(panelOf({ sales: [] }), 0).demand.length).toBe(0);
    const sales = [2, 0, 1e9, Number.NaN].map((value) => new Array<number>(30).fill(value));
    const panel = panelOf({ sales, inStock: (s, t) => s !== 0 && t % 5 !== 0 });
    const { demand, sold } = unconstrainedDemand(panel, 30);
    expect(demand.length).toBeGreaterThan(40);
    expect(demand.every((value, i) => Number.isFinite(value) && value >= sold[i]!)).toBe(true);
  });
});

describe('the moments of a tail', () => {
  it('are those of R', () => {
    // R: k <- 3:200; p <- dpois(k, 2); sum(k * p) / sum(p); sum(k^2 * p) / sum(p)
    const poisson = tailMoments(2, 1, 3);
    expect(poisson.mean).toBeCloseTo(3.674301412, 5);
    expect(poisson.square).toBeCloseTo(14.37150706, 4);
    // R: k <- 5:2000; p <- dnbinom(k, size = 4 / 1.5, prob = 1 / 2.5); the same
    const binomial = tailMoments(4, 2.5, 5);
    expect(binomial.mean).toBeCloseTo(7.3942157, 4);
    expect(binomial.square).toBeCloseTo(61.63926485, 3);
  });

  it('are near the bound where it lies far above the mean, and the plain ones without a bound', () => {
    expect(tailMoments(0, 1, 4)).toEqual({ mean: 4, square: 16 });
    // the next count is 1001 times rarer
    expect(tailMoments(1, 1, 1000).mean).toBeCloseTo(1000 + 1 / 1001, 5);
    expect(tailMoments(3, 2, 0)).toEqual({ mean: 3, square: 15 });
    const large = tailMoments(1e6, 100, 1e6);
    expect(large.mean / 1e6).toBeGreaterThan(1);
    expect(large.mean / 1e6).toBeLessThan(1.1);
  });
});
