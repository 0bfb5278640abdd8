import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../data/random.ts';
import { conjugateGradients } from '../../../../models/forecast/reconcile/conjugate-gradients.ts';
import {
  errorCovariance,
  reconcile,
  structuralCovariance,
  sumLevels,
} from '../../../../models/forecast/reconcile/reconcile.ts';
import { shrinkCovariance, timesCovariance } from '../../../../models/forecast/reconcile/shrinkage.ts';
import type { Grouping } from '../../../../models/forecast/reconcile/sum-matrix.ts';
import { topDown } from '../../../../models/forecast/reconcile/top-down.ts';
import { solveSymmetric } from '../../../../models/numerics/cholesky.ts';

const level = (...nodeOf: number[]): Grouping => ({
  nodeOf: Int32Array.from(nodeOf),
  labels: Array.from({ length: Math.max(...nodeOf) + 1 }, (_, i) => `n${i}`),
});

const LEVELS = [level(0, 0, 0, 0), level(0, 0, 1, 1), level(0, 1, 0, 1)];
const BASE = {
  bottom: Float64Array.of(30, 21, 26, 18),
  upper: [Float64Array.of(100), Float64Array.of(52, 45), Float64Array.of(60, 44)],
};

/** Errors of the reference: numpy rows 0 to 4 are the upper nodes, 5 to 8 the series; each has mean `offset`. */
function referenceBacktests(offset: number, cutoffs = 12) {
  const rows = Array.from({ length: 9 }, (_, i) => {
    const row = Array.from({ length: 12 }, (_, t) => Math.sin(1.3 * i + 0.7 * t * (i + 1)) + 0.5 * Math.cos(t));
    const mean = row.reduce((a, b) => a + b, 0) / 12;
    return row.map((value) => value - mean + offset);
  });
  const part = (from: number, nodes: number) => ({
    nodes,
    cutoffs,
    horizon: 12 / cutoffs,
    actual: new Float32Array(nodes * 12),
    forecast: Float32Array.from(rows.slice(from, from + nodes).flat()),
  });
  return { bottom: part(5, 4), upper: [part(0, 1), part(1, 2), part(3, 2)] };
}

const flat = ({ bottom, upper }: { bottom: Float64Array; upper: Float64Array[] }): number[] => [
  ...upper.flatMap((values) => [...values]),
  ...bottom,
];

describe('reconciliation', () => {
  // hierarchicalforecast 1.5.3: MinTrace(method=m).fit_predict(S=S, y_hat=yhat, y_insample=100+E, y_hat_insample=100+0*E)
  it.each([
    ['structural', 0, [99.0, 53.0, 46.0, 57.75, 41.25, 30.875, 22.125, 26.875, 19.125]],
    // The shrinkage of R hts (shrink.estim), in numpy: uncentred covariance, lambda 0.5273790578.
    [
      'mint',
      0.3,
      [
        100.28283585, 54.21283738, 46.06999847, 58.35856343, 41.92427242, 31.16038976, 23.05244761, 27.19817366,
        18.87182481,
      ],
    ],
  ] as const)('with %s weights gives the reference values', (weighting, offset, expected) => {
    const covariance =
      weighting === 'mint' ? errorCovariance(4, LEVELS, referenceBacktests(offset)) : structuralCovariance(4, LEVELS);
    if (weighting === 'mint') expect(covariance.intensity).toBeCloseTo(0.5273790578, 6);
    flat(reconcile(BASE, 1, LEVELS, covariance)).forEach((value, i) => {
      expect(Math.abs(value - expected[i]!)).toBeLessThan(2e-6);
    });
  });

  it('is the dense generalised least squares solution, whatever the hierarchy', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 2, max: 9 }), fc.nat(), (series, samples, seed) => {
        const random = createRandom(seed);
        const group = (n: number) => level(...Array.from({ length: series }, (_, s) => (s < n ? s : random.below(n))));
        const levels = [group(1), group(Math.min(3, series)), group(Math.min(2, series))];
        const nodes = series + levels.reduce((sum, { labels }) => sum + labels.length, 0);
        const errors = Array.from({ length: samples }, () =>
          Float64Array.from({ length: nodes }, (_, i) => (1 + i) * random.normal()),
        );
        const covariance = shrinkCovariance(errors);
        const base = {
          bottom: Float64Array.from({ length: series }, () => 1e4 + 10 * random.normal()),
          upper: levels.map(({ labels }) => Float64Array.from(labels, () => 2e4 + 10 * random.normal())),
        };
        const ours = flat(reconcile(base, 1, levels, covariance));
        const dense = denseSolution(base, series, levels, covariance);
        ours.slice(-series).forEach((value, s) => {
          expect(Math.abs(value - Math.max(0, dense[s]!))).toBeLessThan(1e-5 * Math.max(1, Math.abs(dense[s]!)));
        });
      }),
      { numRuns: 60 },
    );
  });

  it('adds up at every level, is never negative, and leaves a certain zero alone', () => {
    const base = {
      bottom: Float64Array.of(30, 0, 0.1, 18),
      upper: [Float64Array.of(10), Float64Array.of(52, 5), Float64Array.of(60, 4)],
    };
    const result = reconcile(base, 1, LEVELS, structuralCovariance(4, LEVELS));
    expect(Math.min(...flat(result))).toBeGreaterThanOrEqual(0);
    expect(result.bottom[1]).toBe(0);
    const total = result.bottom.reduce((a, b) => a + b, 0);
    for (const means of result.upper) {
      expect(Math.abs(means.reduce((a, b) => a + b, 0) - total)).toBeLessThanOrEqual(1e-9 * total);
    }
  });

  it('leaves forecasts that add up as they are', () => {
    const upper = sumLevels(BASE.bottom, 1, LEVELS);
    const result = reconcile(
      { bottom: BASE.bottom, upper },
      1,
      LEVELS,
      errorCovariance(4, LEVELS, referenceBacktests(0)),
    );
    expect([...result.bottom]).toEqual([...BASE.bottom]);
  });

  it('does not use the errors of the cutoff that is left out', () => {
    const backtests = referenceBacktests(0.1, 3);
    const changed = structuredClone(backtests);
    for (const one of [changed.bottom, ...changed.upper]) {
      for (let node = 0; node < one.nodes; node++) one.forecast.fill(99, node * 12 + 4, node * 12 + 8);
    }
    const run = (b: typeof backtests) => reconcile(BASE, 1, LEVELS, errorCovariance(4, LEVELS, b, 1)).bottom;
    expect(run(changed)).toEqual(run(backtests));
  });

  it('shrinks more where the days of a cutoff go together', () => {
    const random = createRandom(3);
    const rows = Array.from({ length: 20 }, () => Float64Array.from({ length: 15 }, () => random.normal())).flatMap(
      (row) => Array.from({ length: 7 }, () => row.map((value) => value + 0.1 * random.normal())),
    );
    expect(shrinkCovariance(rows, 7).intensity).toBeGreaterThan(2 * shrinkCovariance(rows).intensity);
    expect(shrinkCovariance(rows, 7).intensity).toBeGreaterThan(0.7);
  });

  it('survives no series, all zero, unknown errors and huge values', () => {
    expect(
      reconcile({ bottom: new Float64Array(0), upper: [] }, 3, [], structuralCovariance(0, [])).bottom.length,
    ).toBe(0);
    const backtests = referenceBacktests(0);
    backtests.bottom.actual.fill(Number.NaN);
    backtests.upper[0]!.forecast.fill(0);
    const covariance = errorCovariance(4, LEVELS, backtests);
    for (const scale of [0, 1, 1e12]) {
      const base = { bottom: BASE.bottom.map((v) => v * scale), upper: BASE.upper.map((u) => u.map((v) => v * scale)) };
      expect(flat(reconcile(base, 1, LEVELS, covariance)).every((v) => Number.isFinite(v) && v >= 0)).toBe(true);
    }
  });

  it('takes a thousand series and their products in a moment', () => {
    const series = 1500;
    const random = createRandom(5);
    const of = (n: number) => level(...Array.from({ length: series }, (_, s) => s % n));
    const levels = [of(1), of(3), of(10), of(500)];
    const nodes = series + 514;
    const errors = Array.from({ length: 56 }, () => Float64Array.from({ length: nodes }, () => random.normal()));
    const bottom = Float64Array.from({ length: series * 2 }, () => 5 + random.uniform());
    const upper = sumLevels(bottom, 2, levels).map((means) =>
      means.map((value) => value * (1 + 0.02 * random.normal())),
    );
    const began = performance.now();
    const result = reconcile({ bottom, upper }, 2, levels, shrinkCovariance(errors));
    expect(performance.now() - began).toBeLessThan(5000);
    expect(result.bottom.every((value) => value >= 0)).toBe(true);
  });
});

/** (S' W^-1 S)^-1 S' W^-1 y, written out. */
function denseSolution(
  base: { bottom: Float64Array; upper: Float64Array[] },
  series: number,
  levels: Grouping[],
  covariance: ReturnType<typeof shrinkCovariance>,
): Float64Array {
  const y = Float64Array.from([...base.bottom, ...base.upper.flatMap((u) => [...u])]);
  const n = y.length;
  const summing = new Float64Array(n * series);
  for (let s = 0; s < series; s++) {
    summing[s * series + s] = 1;
    let from = series;
    for (const { nodeOf, labels } of levels) {
      summing[(from + nodeOf[s]!) * series + s] = 1;
      from += labels.length;
    }
  }
  const w = new Float64Array(n * n);
  const column = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    timesCovariance(
      covariance,
      Float64Array.from({ length: n }, (_, j) => (i === j ? 1 : 0)),
      column,
    );
    for (let j = 0; j < n; j++) w[j * n + i] = column[j]!;
  }
  const inverse = (b: Float64Array): Float64Array => solveSymmetric(w, b, n);
  const columns = Array.from({ length: series }, (_, s) =>
    inverse(Float64Array.from({ length: n }, (_, i) => summing[i * series + s]!)),
  );
  const normal = new Float64Array(series * series);
  const right = new Float64Array(series);
  for (let a = 0; a < series; a++) {
    for (let i = 0; i < n; i++) right[a]! += columns[a]![i]! * y[i]!;
    for (let b = 0; b < series; b++) {
      for (let i = 0; i < n; i++) normal[a * series + b]! += columns[a]![i]! * summing[i * series + b]!;
    }
  }
  return solveSymmetric(normal, right, series);
}

describe('top-down', () => {
  it('shares out by forecast proportions along a path of nested levels', () => {
    // By hand: total 100 into 52:45, then 30:21 and 26:18.
    const { bottom, upper } = topDown(BASE, 1, LEVELS, [0, 1]);
    const expected = [
      (5200 / 97) * (30 / 51),
      (5200 / 97) * (21 / 51),
      (4500 / 97) * (26 / 44),
      (4500 / 97) * (18 / 44),
    ];
    expected.forEach((value, s) => {
      expect(bottom[s]).toBeCloseTo(value, 10);
    });
    expect(upper[0]![0]).toBeCloseTo(100, 10);
    expect(() => topDown(BASE, 1, LEVELS, [1, 2])).toThrow(/nested/);
  });

  it('keeps zero where every part is zero', () => {
    const base = { ...BASE, bottom: new Float64Array(4) };
    expect(flat(topDown(base, 1, LEVELS, [0]))).toEqual(new Array(9).fill(0));
  });
});

describe('conjugate gradients', () => {
  it('solve what Cholesky solves, and leave unknowns without information at 0', () => {
    const a = Float64Array.of(4, 1, 0, 1, 3, 0, 0, 0, 0);
    const times = (x: Float64Array, out: Float64Array): void => {
      for (let i = 0; i < 3; i++) out[i] = a[i * 3]! * x[0]! + a[i * 3 + 1]! * x[1]! + a[i * 3 + 2]! * x[2]!;
    };
    const x = conjugateGradients(times, Float64Array.of(1, 2, 5), Float64Array.of(4, 3, 0));
    expect(x[0]).toBeCloseTo(1 / 11, 10);
    expect(x[1]).toBeCloseTo(7 / 11, 10);
    expect(x[2]).toBe(0);
  });
});
