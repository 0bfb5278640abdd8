import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../data/random.ts';
import { combineModels } from '../../../../models/forecast/combine/combine-models.ts';
import { errorProducts } from '../../../../models/forecast/combine/error-products.ts';
import { championMeans, type ModelForecast } from '../../../../models/forecast/combine/selection.ts';
import { projectToSimplex, simplexMinimum } from '../../../../models/forecast/combine/simplex.ts';
import { STACKING, stackedWeights } from '../../../../models/forecast/combine/stacked-weights.ts';
import type { Grouping } from '../../../../models/forecast/reconcile/sum-matrix.ts';

const HORIZON = 14;
const CUTOFFS = 4;

/** Models with errors of their own: [deviation, bias] each; the truth at the last origin is returned too. */
function simulate(seed: number, nodes: number, kinds: [number, number][]) {
  const random = createRandom(seed);
  const cells = nodes * (CUTOFFS + 1) * HORIZON;
  const truth = Float32Array.from({ length: cells }, () => 100 + 20 * random.normal());
  const models: ModelForecast[] = kinds.map(([deviation, bias], m) => {
    const own = random.fork(m);
    return { name: `m${m}`, mean: truth.map((value) => Math.max(0, value + bias + deviation * own.normal())) };
  });
  const actual = new Float32Array(nodes * CUTOFFS * HORIZON);
  const row = (CUTOFFS + 1) * HORIZON;
  for (let s = 0; s < nodes; s++)
    actual.set(truth.subarray(s * row, s * row + CUTOFFS * HORIZON), s * CUTOFFS * HORIZON);
  const lastError = (mean: Float32Array): number => {
    let sum = 0;
    for (let s = 0; s < nodes; s++) {
      for (let i = (s + 1) * row - HORIZON; i < (s + 1) * row; i++) sum += (mean[i]! - truth[i]!) ** 2;
    }
    return Math.sqrt(sum / nodes / HORIZON);
  };
  return { models, actual, segmentOf: new Int32Array(nodes), lastError };
}

describe('weights on the simplex', () => {
  it('are projected as a naive search finds them', () => {
    expect([...projectToSimplex(Float64Array.of(1, 0.5, -1))]).toEqual([0.75, 0.25, 0]);
    expect([...projectToSimplex(Float64Array.of(5))]).toEqual([1]);
    fc.assert(
      fc.property(fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 1, maxLength: 9 }), (values) => {
        const projected = projectToSimplex(Float64Array.from(values));
        expect(projected.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
        let low = -10;
        let high = 10;
        for (let i = 0; i < 80; i++) {
          const middle = (low + high) / 2;
          const sum = values.reduce((total, value) => total + Math.max(0, value - middle), 0);
          if (sum > 1) low = middle;
          else high = middle;
        }
        values.forEach((value, i) => {
          expect(projected[i]).toBeCloseTo(Math.max(0, value - low), 7);
        });
      }),
    );
  });

  it('minimise the quadratic form that they are asked to', () => {
    // At the minimum inside the simplex all parts of Q w are equal (Lagrange).
    const q = Float64Array.of(2, 1, 0.2, 1, 3, 0.5, 0.2, 0.5, 4);
    const w = simplexMinimum(q, 3);
    const gradient = [0, 1, 2].map((a) => w.reduce((sum, value, b) => sum + q[a * 3 + b]! * value, 0));
    expect(Math.max(...gradient) - Math.min(...gradient)).toBeLessThan(2e-3);
    expect([...simplexMinimum(Float64Array.of(1, 0, 0, 3), 2)].map((v) => Math.round(v * 1000))).toEqual([750, 250]);
    const dominated = simplexMinimum(Float64Array.of(1, 2, 2, 9), 2);
    expect(dominated[0]).toBeCloseTo(1, 3);
  });
});

describe('stacked weights', () => {
  it('go by the inverse variance of independent errors where no noise is added', () => {
    const { models, actual, segmentOf } = simulate(1, 200, [
      [10, 0],
      [20, 0],
    ]);
    const products = errorProducts(models, actual, 200, CUTOFFS);
    const weights = stackedWeights(products, segmentOf, () => true, { ...STACKING, ridge: 0, screen: 9 });
    const mean = weights.reduce((sum, w, i) => sum + (i % 2 === 0 ? w : 0), 0) / 200;
    expect(mean).toBeGreaterThan(0.75);
    expect(mean).toBeLessThan(0.85);
  });

  it('give a weaker model less, and leave it out where it is much worse over the panel', () => {
    const { models, actual, segmentOf } = simulate(7, 40, [
      [10, 0],
      [11, 0],
      [13, 0],
    ]);
    const products = errorProducts(models, actual, 40, CUTOFFS);
    const shares = (screen: number): number[] => {
      const weights = stackedWeights(products, segmentOf, () => true, { ...STACKING, screen });
      return [0, 1, 2].map((m) => weights.reduce((sum, w, i) => sum + (i % 3 === m ? w / 40 : 0), 0));
    };
    const shareOfThird = (screen: number): number => shares(screen)[2]!;
    expect(shares(1.6)[0]).toBeGreaterThan(shares(1.6)[1]!);
    expect(shares(1.6)[1]).toBeGreaterThan(0.2);
    expect(shareOfThird(1.1)).toBe(0);
    expect(shareOfThird(1.6)).toBeGreaterThan(0.01);
    expect(shareOfThird(1.6)).toBeLessThan(0.1);
  });

  it('take error products of sums as a naive loop does, over the judged nodes of each group', () => {
    const { models, actual } = simulate(8, 6, [
      [10, 2],
      [20, 0],
    ]);
    actual[3 * CUTOFFS * HORIZON + 5] = Number.NaN;
    const groupOf = Int32Array.of(0, 1, 0, 0, 1, 1);
    const { sums, cells } = errorProducts(models, actual, 6, CUTOFFS, { nodeOf: groupOf, labels: ['one', 'two'] });
    const errorOf = (m: number, group: number, k: number, h: number): number => {
      let error = 0;
      for (let s = 0; s < 6; s++) {
        const value = actual[(s * CUTOFFS + k) * HORIZON + h]!;
        if (groupOf[s] !== group || Number.isNaN(value)) continue;
        error += models[m]!.mean[(s * (CUTOFFS + 1) + k) * HORIZON + h]! - value;
      }
      return error;
    };
    for (const [group, k] of [
      [0, 0],
      [1, 3],
    ] as const) {
      const row = group * CUTOFFS + k;
      const naive = [
        [0, 0],
        [1, 0],
        [1, 1],
      ].map(([a, b]) =>
        Array.from({ length: HORIZON }, (_, h) => errorOf(a!, group, k, h) * errorOf(b!, group, k, h)).reduce(
          (total, product) => total + product,
          0,
        ),
      );
      naive.forEach((value, i) => {
        expect(sums[row * 3 + i]! / value).toBeCloseTo(1, 9);
      });
      expect(cells[row]).toBe(HORIZON);
    }
  });

  it('trust the model that is right in sum, where another is a little closer in each series', () => {
    const nodes = 50;
    const { models, actual, segmentOf } = simulate(9, nodes, [
      [20, 0],
      [12, 0],
    ]);
    // the second model errs by 15 for all series on the same days
    const common = createRandom(5);
    const shared = Array.from({ length: (CUTOFFS + 1) * HORIZON }, () => 15 * common.normal());
    models[1]!.mean.forEach((value, i) => {
      models[1]!.mean[i] = value + shared[i % shared.length]!;
    });
    const share = (levels: Grouping[]): number => {
      const { weights } = combineModels(models, actual, segmentOf, CUTOFFS, 0, { levels });
      return weights.reduce((sum, w, i) => sum + (i % 2 === 0 ? w : 0), 0) / nodes;
    };
    const total = { nodeOf: new Int32Array(nodes), labels: ['all'] };
    expect(share([])).toBeLessThan(0.52);
    expect(share([total])).toBeGreaterThan(share([]) + 0.15);
  });

  it('do not see the cutoff that is left out', () => {
    const { models, actual, segmentOf } = simulate(2, 20, [
      [10, 0],
      [15, 5],
      [20, 0],
    ]);
    const changed = actual.map((value, i) => (Math.floor(i / HORIZON) % CUTOFFS === 2 ? 7 * value + 1 : value));
    const levels = [{ nodeOf: Int32Array.from(segmentOf, (_, s) => s % 2), labels: ['even', 'odd'] }];
    const options = { judgedWith: 'others', levels } as const;
    const first = combineModels(models, actual, segmentOf, CUTOFFS, 0, options);
    const second = combineModels(models, changed, segmentOf, CUTOFFS, 0, options);
    expect(second.weightsAt[2]).toEqual(first.weightsAt[2]);
    expect(second.championWithout[2]).toEqual(first.championWithout[2]);
    expect(second.weightsAt[1]).not.toEqual(first.weightsAt[1]);
    const earlier = [actual, changed].map((a) =>
      combineModels(models, a, segmentOf, CUTOFFS, 0, { judgedWith: 'earlier' }),
    );
    for (const k of [0, 1, 2]) {
      expect(earlier[1]!.weightsAt[k]).toEqual(earlier[0]!.weightsAt[k]);
      expect(earlier[1]!.championWithout[k]).toEqual(earlier[0]!.championWithout[k]);
    }
  });
});

describe('combining models', () => {
  it('beats the best single model where errors are their own', () => {
    const kinds: [number, number][] = [
      [30, 0],
      [12, 0],
      [12.5, 1],
      [12, -3],
      [40, 20],
    ];
    const { models, actual, segmentOf, lastError } = simulate(3, 60, kinds);
    const combined = combineModels(models, actual, segmentOf, CUTOFFS, 0);
    const ours = lastError(championMeans(combined, HORIZON));
    expect(ours).toBeLessThan(Math.min(...models.map(({ mean }) => lastError(mean))));
    expect(combined.models.at(-1)!.name).toBe('combination');
    expect(combined.margin.every((value) => Number.isFinite(value))).toBe(true);
    for (let s = 0; s < 60; s++) {
      const own = combined.weights.subarray(s * 5, s * 5 + 5);
      expect(own.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
    }
  });

  it('publishes a single model where the others only harm it, the baseline where nothing beats it', () => {
    const alone = simulate(4, 30, [
      [20, 0],
      [5, 0],
      [5, 200],
    ]);
    const good = { name: 'exact', mean: alone.models[1]!.mean };
    const chosen = combineModels([alone.models[0]!, good, alone.models[2]!], alone.actual, alone.segmentOf, CUTOFFS, 0);
    expect([...chosen.champion].every((m) => m === 1 || m === 3)).toBe(true);
    const worse = simulate(5, 30, [
      [1, 0],
      [50, 90],
    ]);
    const kept = combineModels(worse.models, worse.actual, worse.segmentOf, CUTOFFS, 0);
    expect(kept.champion.every((m) => m === 0)).toBe(true);
  });

  it('survives no series, no cutoffs, one model, unknown and exact series', () => {
    expect(
      combineModels([{ name: 'a', mean: new Float32Array(0) }], new Float32Array(0), new Int32Array(0), 4, 0).champion
        .length,
    ).toBe(0);
    const mean = new Float32Array(2 * HORIZON).fill(3);
    const none = combineModels([{ name: 'a', mean }], new Float32Array(0), new Int32Array(2), 0, 0);
    expect([...none.champion]).toEqual([0, 0]);
    expect([...none.weights]).toEqual([1, 1]);
    const { models, actual, segmentOf } = simulate(6, 3, [
      [10, 0],
      [20, 0],
    ]);
    actual.fill(Number.NaN, 0, CUTOFFS * HORIZON);
    for (const model of models) model.mean.fill(0, model.mean.length / 3, (2 * model.mean.length) / 3);
    actual.fill(0, CUTOFFS * HORIZON, 2 * CUTOFFS * HORIZON);
    const { models: all, weights } = combineModels(models, actual, segmentOf, CUTOFFS, 0);
    expect(all[2]!.mean.every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
    expect(weights.every((value) => value >= 0 && value <= 1)).toBe(true);
  });
});
