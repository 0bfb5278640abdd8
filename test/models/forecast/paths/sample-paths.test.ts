import { describe, expect, it } from 'vitest';
import { createRandom, type Random } from '../../../../data/random.ts';
import type { Backtest } from '../../../../models/forecast/backtest/backtest.ts';
import { drawQuantile } from '../../../../models/forecast/paths/rank-histogram.ts';
import { fitPathModel, type PathModel, samplePaths } from '../../../../models/forecast/paths/sample-paths.ts';
import { fitMarginals } from '../../../../models/forecast/uncertainty/marginals.ts';

const HORIZON = 30;
const CUTOFFS = 4;

function gammaDraw(shape: number, random: Random): number {
  if (shape < 1) return gammaDraw(shape + 1, random) * random.uniform() ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const x = random.normal();
    const v = (1 + x / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(1 - random.uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

function poissonDraw(mean: number, random: Random): number {
  if (mean > 60) return Math.max(0, Math.round(mean + Math.sqrt(mean) * random.normal()));
  let k = 0;
  for (let p = random.uniform(), limit = Math.exp(-mean); p > limit; p *= random.uniform()) k++;
  return k;
}

interface World {
  backtest: Backtest;
  mean: Float64Array;
  levels: { nodeOf: Int32Array; labels: string[] }[];
  isCount: Uint8Array;
  /** What may happen after the last cutoff, [draw][series][horizon]. */
  futures: Float32Array[];
}

/** Series with a known truth: luck of the day, of the window, and of the whole place shared by all of its series. */
function simulate(kind: 'counts' | 'large', series: number, seed: number, draws: number): World {
  const random = createRandom(seed);
  const level = Float64Array.from({ length: series }, () =>
    kind === 'counts' ? Math.exp(-0.7 + 1.2 * random.normal()) : Math.exp(5 + random.normal()),
  );
  const nodeOf = Int32Array.from({ length: series }, (_, s) => s % 8);
  const week = (h: number): number => 1 + 0.3 * Math.sin((2 * Math.PI * h) / 7);
  const window = (): Float32Array => {
    const place = Float64Array.from({ length: 8 }, () => 0.1 * random.normal());
    const placeDay = Float64Array.from({ length: 8 * HORIZON }, () => 0.06 * random.normal());
    const out = new Float32Array(series * HORIZON);
    for (let s = 0; s < series; s++) {
      const own = 0.15 * random.normal();
      for (let h = 0; h < HORIZON; h++) {
        const node = nodeOf[s]!;
        const mean = level[s]! * week(h) * Math.exp(own + place[node]! + placeDay[node * HORIZON + h]! - 0.018);
        out[s * HORIZON + h] =
          kind === 'counts'
            ? poissonDraw(gammaDraw(mean, random), random)
            : Math.max(0, mean * (1 + 0.15 * random.normal()));
      }
    }
    return out;
  };
  const windows = Array.from({ length: CUTOFFS }, window);
  const cells = series * CUTOFFS * HORIZON;
  const backtest = {
    nodes: series,
    cutoffs: CUTOFFS,
    horizon: HORIZON,
    actual: new Float32Array(cells),
    forecast: new Float32Array(cells),
  };
  for (let s = 0; s < series; s++) {
    for (let k = 0; k < CUTOFFS; k++) {
      const at = (s * CUTOFFS + k) * HORIZON;
      backtest.actual.set(windows[k]!.subarray(s * HORIZON, (s + 1) * HORIZON), at);
      for (let h = 0; h < HORIZON; h++) backtest.forecast[at + h] = level[s]! * week(h);
    }
  }
  const labels = (n: number) => Array.from({ length: n }, (_, i) => `n${i}`);
  return {
    backtest,
    mean: Float64Array.from(
      { length: series * HORIZON },
      (_, i) => level[Math.floor(i / HORIZON)]! * week(i % HORIZON),
    ),
    levels: [
      { nodeOf: new Int32Array(series), labels: labels(1) },
      { nodeOf, labels: labels(8) },
    ],
    isCount: new Uint8Array(series).fill(kind === 'counts' ? 1 : 0),
    futures: Array.from({ length: draws }, window),
  };
}

const learn = ({ backtest, levels, isCount }: World): PathModel => {
  const options = { groupOf: new Int32Array(backtest.nodes), groups: 1, bucketSize: 7, isCount, seed: 1 };
  return fitPathModel(backtest, fitMarginals(backtest, options), levels);
};

/** Paths of nodes, [node][path][horizon]. */
interface Paths {
  values: Float32Array | Float64Array;
  paths: number;
  horizon: number;
}

/** Sums over the periods `from` to `to - 1` of every path, ascending within each node, [node][path]. */
function windowSums({ values, paths, horizon }: Paths, from: number, to: number): Float64Array {
  const sums = new Float64Array(values.length / horizon);
  for (let i = 0; i < sums.length; i++) for (let h = from; h < to; h++) sums[i]! += values[i * horizon + h]!;
  for (let i = 0; i < sums.length; i += paths) sums.subarray(i, i + paths).sort();
  return sums;
}

/** [node][level]. */
function windowQuantiles(all: Paths, from: number, to: number, levels: readonly number[]): Float64Array {
  const sums = windowSums(all, from, to);
  const rows: number[] = [];
  for (let i = 0; i < sums.length; i += all.paths) {
    for (const p of levels) rows.push(drawQuantile(sums.subarray(i, i + all.paths), p));
  }
  return Float64Array.from(rows);
}

/** Share of futures inside the interval; of a count, half of the ends' own probability is inside. */
function coverage(quantiles: Float64Array, sums: Float64Array[]): number {
  let inside = 0;
  let all = 0;
  for (const sum of sums) {
    sum.forEach((value, node) => {
      if (value >= quantiles[2 * node]! && value <= quantiles[2 * node + 1]!) inside++;
      all++;
    });
  }
  return inside / all;
}

function futureSums({ futures }: World, nodeOf: Int32Array | undefined, nodes: number, from: number, to: number) {
  return futures.map((future) => {
    const sums = new Float64Array(nodes);
    for (let s = 0; s < future.length / HORIZON; s++) {
      for (let h = from; h < to; h++) sums[nodeOf ? nodeOf[s]! : s]! += future[s * HORIZON + h]!;
    }
    return sums;
  });
}

describe('sample paths', () => {
  const large = simulate('large', 320, 11, 40);
  const model = learn(large);
  const paths = {
    values: samplePaths(model, { mean: large.mean, horizon: HORIZON, paths: 200, seed: 5 }),
    paths: 200,
    horizon: HORIZON,
  };

  it('hold days and sums of series as often as they say', () => {
    const windows = [
      [3, 4],
      [25, 26],
      [0, 7],
      [0, 14],
      [0, 30],
    ] as const;
    const found = windows.map(() => ({ narrow: 0, wide: 0 }));
    const seeds = [1, 2, 3];
    for (const seed of seeds) {
      const world = simulate('large', 160, seed, 20);
      const values = samplePaths(learn(world), { mean: world.mean, horizon: HORIZON, paths: 200, seed });
      windows.forEach(([from, to], i) => {
        const own = { values, paths: 200, horizon: HORIZON };
        const sums = futureSums(world, undefined, 160, from, to);
        found[i]!.narrow += coverage(windowQuantiles(own, from, to, [0.1, 0.9]), sums) / seeds.length;
        found[i]!.wide += coverage(windowQuantiles(own, from, to, [0.025, 0.975]), sums) / seeds.length;
      });
    }
    for (const { narrow, wide } of found) {
      expect(Math.abs(narrow - 0.8)).toBeLessThan(0.03);
      expect(Math.abs(wide - 0.95)).toBeLessThan(0.03);
    }
  });

  it('spread the sums over series as the shared luck spreads them', () => {
    const { nodeOf } = large.levels[1]!;
    const summed = new Float64Array(8 * 200 * HORIZON);
    const cells = 200 * HORIZON;
    for (let i = 0; i < paths.values.length; i++) {
      summed[nodeOf[Math.floor(i / cells)]! * cells + (i % cells)]! += paths.values[i]!;
    }
    const nodePaths = { values: summed, paths: 200, horizon: HORIZON };
    for (const [from, to] of [
      [3, 4],
      [0, 14],
    ] as const) {
      const sums = futureSums(large, nodeOf, 8, from, to);
      expect(Math.abs(coverage(windowQuantiles(nodePaths, from, to, [0.1, 0.9]), sums) - 0.8)).toBeLessThan(0.12);
    }
    const independent = Math.sqrt(
      Array.from(nodeOf.keys())
        .filter((s) => nodeOf[s] === 0)
        .reduce((sum, s) => sum + variance(windowSums(paths, 0, 30).subarray(s * 200, (s + 1) * 200)), 0),
    );
    const together = Math.sqrt(variance(windowSums(nodePaths, 0, 30).subarray(0, 200)));
    expect(together).toBeGreaterThan(1.5 * independent);
  });

  it('of counts are counts, and hold sums as often as they say', () => {
    const windows = [
      [3, 4],
      [0, 7],
      [0, 14],
      [0, 30],
    ] as const;
    const places: number[][] = windows.map(() => []);
    // Luck that places share is seen 32 times in a world: only many worlds show the coverage itself.
    for (let seed = 1; seed <= 12; seed++) {
      const world = simulate('counts', 160, seed, 8);
      const values = samplePaths(learn(world), { mean: world.mean, horizon: HORIZON, paths: 200, seed });
      expect(values.every((value) => Number.isInteger(value) && value >= 0)).toBe(true);
      windows.forEach(([from, to], i) => {
        const sums = windowSums({ values, paths: 200, horizon: HORIZON }, from, to);
        futureSums(world, undefined, 160, from, to).forEach((future, draw) => {
          future.forEach((value, s) => {
            places[i]!.push(randomPlace(sums.subarray(s * 200, (s + 1) * 200), value, draw * 160 + s));
          });
        });
      });
    }
    for (const found of places) {
      const inside = (low: number, high: number): number =>
        found.filter((place) => place >= low && place <= high).length / found.length;
      expect(Math.abs(inside(0.1, 0.9) - 0.8)).toBeLessThan(0.03);
      expect(Math.abs(inside(0.025, 0.975) - 0.95)).toBeLessThan(0.03);
    }
  });

  it('are the same for the same seed, whichever series are drawn together', () => {
    const request = { mean: large.mean, horizon: HORIZON, paths: 20, seed: 9 };
    const all = samplePaths(model, request);
    const some = samplePaths(model, { ...request, from: 100, to: 103 });
    expect(some).toEqual(all.slice(100 * 20 * HORIZON, 103 * 20 * HORIZON));
    expect(samplePaths(model, { ...request, seed: 10 })).not.toEqual(all);
  });

  it('survive unknown, zero, constant and huge series, and no series', () => {
    const backtest = {
      nodes: 4,
      cutoffs: 1,
      horizon: 3,
      actual: Float32Array.of(Number.NaN, Number.NaN, Number.NaN, 0, 0, 0, 5, 5, 5, 1e30, 2e30, 0),
      forecast: Float32Array.of(1, 1, 1, 0, 0, 0, 5, 5, 5, 1e30, 1e30, 1e30),
    };
    for (const count of [0, 1]) {
      const options = {
        groupOf: new Int32Array(4),
        groups: 1,
        bucketSize: 7,
        isCount: new Uint8Array(4).fill(count),
        seed: 1,
      };
      const drawn = samplePaths(fitPathModel(backtest, fitMarginals(backtest, options), []), {
        mean: Float64Array.of(1, 1, 1, 0, 0, 0, 5, 5, 5, 1e30, 1e30, 1e30),
        horizon: 3,
        paths: 10,
        seed: 1,
      });
      expect(drawn.every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
      expect(drawn.subarray(30, 60).every((value) => value === 0)).toBe(true);
    }
    const empty = { nodes: 0, cutoffs: 0, horizon: 3, actual: new Float32Array(0), forecast: new Float32Array(0) };
    const options = {
      groupOf: new Int32Array(0),
      groups: 1,
      bucketSize: 7,
      isCount: new Uint8Array(0),
      seed: 1,
    };
    const none = fitPathModel(empty, fitMarginals(empty, options), []);
    expect(samplePaths(none, { mean: new Float64Array(0), horizon: 3, paths: 10, seed: 1 }).length).toBe(0);
  });
});

function variance(values: Float64Array): number {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
}

function randomPlace(sorted: Float64Array, value: number, seed: number): number {
  const below = sorted.findLastIndex((other) => other < value) + 1;
  const equal = sorted.findLastIndex((other) => other <= value) + 1 - below;
  return (below + ((seed * 0.618034) % 1) * (equal + 1)) / (sorted.length + 1);
}
