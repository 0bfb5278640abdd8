import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../../../data/random.ts';
import { keepFactor } from '../../../../models/forecast/lstm/dropout.ts';
import { createKernelNetwork, kernelEngine } from '../../../../models/forecast/lstm/kernel-engine.ts';
import { loadLstmEngine } from '../../../../models/forecast/lstm/load-engine.ts';
import type { LstmEngine } from '../../../../models/forecast/lstm/lstm-engine.ts';
import {
  blocksOf,
  embeddedWidth,
  initialParameters,
  type NetworkShape,
  outputsOf,
  parameterCountOf,
} from '../../../../models/forecast/lstm/network-shape.ts';
import { loadTfjsEngine } from '../../../../models/forecast/lstm/tfjs-engine.ts';
import type { Windows } from '../../../../models/forecast/lstm/window-shape.ts';
import { allocateWindows } from '../../../../models/forecast/lstm/windows.ts';
import { type LstmBuild, lstmBuild } from '../../../../models/kernels/lstm.ts';

const usual: NetworkShape = {
  lookback: 28,
  horizon: 30,
  pastWidth: 14,
  staticWidth: 10,
  aheadWidth: 33,
  units: 32,
  hidden: 32,
  quantiles: [],
  likelihood: 'quasi_poisson',
  embeddings: [],
};
/** Nothing is a multiple of the block sizes. */
const odd: NetworkShape = {
  lookback: 5,
  horizon: 3,
  pastWidth: 3,
  staticWidth: 10,
  aheadWidth: 4,
  units: 7,
  hidden: 6,
  quantiles: [0.1, 0.5, 0.9],
  likelihood: 'quasi_poisson',
  embeddings: [
    { kind: 'product', entities: 6, width: 4 },
    { kind: 'location', entities: 3, width: 3 },
    { kind: 'category', entities: 2, width: 2 },
  ],
};
const DROPOUT = { rate: 0.3, seed: 4_000_000_007 };
const counts: NetworkShape = { ...odd, likelihood: 'negative_binomial' };

function windowsOf(shape: NetworkShape, count: number, seed: string): Windows {
  const random = createRandom(seed);
  const windows = allocateWindows(shape, count);
  windows.count = count;
  for (const part of [windows.past, windows.fixed, windows.ahead]) {
    for (let i = 0; i < part.length; i++) part[i] = random.normal();
  }
  windows.entity.set(
    windows.entity.map((_, i) => random.below(1 + shape.embeddings[i % shape.embeddings.length]!.entities) - 1),
  );
  for (let i = 0; i < windows.scale.length; i++) windows.scale[i] = 0.2 + 5 * random.uniform();
  for (let i = 0; i < windows.target.length; i++) {
    windows.target[i] = 2 * random.uniform();
    windows.weight[i] = random.uniform() < 0.2 ? 0 : random.uniform();
  }
  return windows;
}

/** Weights at which every part of the network is at work: the last layer starts silent otherwise. */
function awakeParameters(shape: NetworkShape): Float32Array {
  const random = createRandom('engine weights');
  return initialParameters(shape, Float32Array.of(0.5, 0.3), random).map((x) => x + 0.1 * random.normal());
}

/** Those that this machine has. */
const builds = [...new Set<LstmBuild>(['plain', lstmBuild()])];

const sequence = (count: number): Int32Array => Int32Array.from({ length: count }, (_, i) => i);

function worstDifference(a: Float32Array, b: Float32Array): number {
  return a.reduce((worst, value, i) => Math.max(worst, Math.abs(value - b[i]!)), 0);
}

/** The loss whose slopes the engines give, from the logs of means, quantiles and dispersion. */
function lossOf(shape: NetworkShape, logs: Float32Array, windows: Windows): number {
  const outputs = outputsOf(shape);
  let sum = 0;
  windows.target.forEach((target, i) => {
    const [log = 0, ...others] = logs.subarray(i * outputs, (i + 1) * outputs);
    let loss = Math.exp(log) - target * log;
    if (shape.likelihood === 'negative_binomial') {
      const scale = windows.scale[Math.floor(i / shape.horizon)]!;
      loss = negativeBinomialLoss(target * scale, Math.exp(log) * scale, Math.exp(others.pop()!));
    }
    others.forEach((quantile, q) => {
      const [level, miss] = [shape.quantiles[q]!, target - Math.exp(quantile)];
      loss += Math.max(level * miss, (level - 1) * miss);
    });
    sum += windows.weight[i]! * loss;
  });
  return sum;
}

function negativeBinomialLoss(y: number, mean: number, dispersion: number): number {
  const size = 1 / dispersion;
  return (
    logGamma(size) - logGamma(y + size) - size * Math.log(size / (size + mean)) - y * Math.log(mean / (size + mean))
  );
}

/** Stirling's series after a shift. */
function logGamma(x: number): number {
  if (x < 10) return logGamma(x + 1) - Math.log(x);
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + 1 / (12 * x) - 1 / (360 * x ** 3);
}

describe('the two engines of the LSTM', () => {
  let tfjs: LstmEngine;
  beforeAll(async () => {
    tfjs = await loadTfjsEngine('wasm');
  });

  it.each([
    ['the usual sizes', usual],
    ['odd sizes, learned vectors and quantiles', odd],
    ['counts', counts],
  ])('give the same forecast and the same gradient for %s', (_, shape) => {
    const windows = windowsOf(shape, 45, 'windows');
    const parameters = awakeParameters(shape);
    const other = tfjs.network(shape);
    const outputs = other.outputs(parameters, windows);
    const order = sequence(45).reverse();
    const expected = other.gradient(parameters, windows, order, 2, 41, 0.01);
    const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    for (const build of builds) {
      const own = createKernelNetwork(shape, build);
      expect(worstDifference(own.outputs(parameters, windows), outputs), build).toBeLessThan(1e-5);
      const gradient = own.gradient(parameters, windows, order, 2, 41, 0.01);
      expect(worstDifference(gradient, expected), build).toBeLessThan(1e-5 * Math.max(1, largest));
      const dropped = own.gradient(parameters, windows, order, 2, 41, 0.01, DROPOUT).slice();
      const withDropout = other.gradient(parameters, windows, order, 2, 41, 0.01, DROPOUT);
      expect(worstDifference(dropped, withDropout), build).toBeLessThan(1e-5 * Math.max(1, largest));
      expect(worstDifference(dropped, expected), build).toBeGreaterThan(1e-3 * largest);
      expect(own.gradient(parameters, windows, order, 2, 41, 0.01), build).toEqual(
        createKernelNetwork(shape, build).gradient(parameters, windows, order, 2, 41, 0.01),
      );
    }
  });

  it.each(
    builds.flatMap((build) => [['quasi-Poisson', build, odd] as const, ['negative binomial', build, counts] as const]),
  )('have the gradient of the %s loss that finite differences of the forecast show, %s', (_, build, shape) => {
    const windows = windowsOf(shape, 11, 'differences');
    // Far from all quantiles: the pinball loss has a kink where they meet.
    windows.target.set(windows.target.map((_, i) => (i % 3 === 0 ? 8 : 0.01)));
    const parameters = awakeParameters(shape);
    const network = createKernelNetwork(shape, build);
    const gradient = network.gradient(parameters, windows, sequence(11), 0, 11, 1).slice();
    const loss = (at: Float32Array): number => lossOf(shape, network.outputs(at, windows), windows);
    expect(gradient.length).toBe(parameterCountOf(shape));
    const step = 4e-4;
    const off = gradient.filter((value, i) => {
      const moved = (by: number): number => loss(parameters.with(i, parameters[i]! + by));
      const difference = (moved(step) - moved(-step)) / (2 * step);
      return Math.abs(value - difference) > 0.02 + 0.02 * Math.abs(difference);
    });
    // A step may cross the kink of a rectifier.
    expect(off.length).toBeLessThan(0.01 * gradient.length);
  });

  it('have under dropout the gradient of a network whose context does not read what is dropped', () => {
    const windows = windowsOf(odd, 1, 'dropout');
    windows.entity.fill(1);
    const parameters = awakeParameters(odd);
    const network = kernelEngine.network(odd);
    const gradient = network.gradient(parameters, windows, sequence(1), 0, 1, 1, DROPOUT).slice();
    const { offset, rows, columns } = blocksOf(odd).find(({ name }) => name === 'context')!;
    const factors = Float32Array.from({ length: rows * columns }, (_, i) =>
      i % columns < odd.units + embeddedWidth(odd) ? keepFactor(DROPOUT, 0, i % columns) : 1,
    );
    expect(factors.includes(0)).toBe(true);
    const thinned = parameters.map((x, i) => x * (factors[i - offset] ?? 1));
    const expected = network
      .gradient(thinned, windows, sequence(1), 0, 1, 1)
      .map((slope, i) => slope * (factors[i - offset] ?? 1));
    expect(worstDifference(gradient, expected)).toBeLessThan(1e-5);
  });

  it('move the vectors of the entities in the windows and of no others, and take a vector of zeros for an unknown one', () => {
    const windows = windowsOf(odd, 9, 'entities');
    windows.entity.set(windows.entity.map((_, i) => (i % 3 === 0 ? 4 : -1)));
    const parameters = awakeParameters(odd);
    const network = kernelEngine.network(odd);
    const gradient = network.gradient(parameters, windows, sequence(9), 0, 9, 1).slice();
    for (const { name, offset, rows, columns } of blocksOf(odd)) {
      const isTable = odd.embeddings.some(({ kind }) => kind === name);
      for (let row = 0; isTable && row < rows; row++) {
        const own = gradient.subarray(offset + row * columns, offset + (row + 1) * columns);
        const isSeen = name === 'product' && row === 4;
        expect(own.every((slope) => (slope !== 0) === isSeen)).toBe(true);
      }
    }
    const product = blocksOf(odd).find(({ name }) => name === 'product')!;
    parameters.fill(0, product.offset + 4 * product.columns, product.offset + 5 * product.columns);
    const known = network.outputs(parameters, windows);
    windows.entity.fill(-1);
    expect(network.outputs(parameters, windows)).toEqual(known);
  });

  it('give no gradient for windows without weight, and the same bytes each time', () => {
    const windows = windowsOf(odd, 9, 'weightless');
    const network = kernelEngine.network(odd);
    const first = network.gradient(awakeParameters(odd), windows, sequence(9), 0, 9, 1).slice();
    expect(network.gradient(awakeParameters(odd), windows, sequence(9), 0, 9, 1)).toEqual(first);
    windows.weight.fill(0);
    expect(network.gradient(awakeParameters(odd), windows, sequence(9), 0, 9, 1).every((g) => g === 0)).toBe(true);
  });

  it('sum the same bytes on any number of threads, also for a batch that no shard divides', async () => {
    const windows = windowsOf(odd, 200, 'threads');
    const parameters = awakeParameters(odd);
    const sizes = [200, 130, 64, 1];
    const all = sizes.map((size) => kernelEngine.network(odd).gradient(parameters, windows, sequence(200), 0, size, 1));
    const dropped = kernelEngine.network(odd).gradient(parameters, windows, sequence(200), 7, 150, 1, DROPOUT);
    const others = windowsOf(odd, 40, 'other windows');
    const after = kernelEngine.network(odd).gradient(parameters, others, sequence(40), 3, 30, 2);
    for (const threads of [2, 3]) {
      const network = (await loadLstmEngine('kernel', threads)).network(odd);
      sizes.forEach((size, i) => {
        expect(network.gradient(parameters, windows, sequence(200), 0, size, 1), `${threads} ${size}`).toEqual(all[i]);
      });
      expect(network.gradient(parameters, windows, sequence(200), 7, 150, 1, DROPOUT)).toEqual(dropped);
      expect(network.gradient(parameters, others, sequence(40), 3, 30, 2)).toEqual(after);
      network.close();
    }
  });

  it('stay finite over huge inputs', () => {
    const windows = windowsOf(odd, 8, 'huge');
    for (const part of [windows.past, windows.fixed, windows.ahead]) part.set(part.map((x) => x * 1e4));
    const network = kernelEngine.network(odd);
    expect(network.outputs(awakeParameters(odd), windows).every(Number.isFinite)).toBe(true);
    expect(network.gradient(awakeParameters(odd), windows, sequence(8), 0, 8, 1).every(Number.isFinite)).toBe(true);
  });
});
