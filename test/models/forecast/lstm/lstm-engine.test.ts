import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../../../data/random.ts';
import { kernelEngine } from '../../../../models/forecast/lstm/kernel-engine.ts';
import type { LstmEngine } from '../../../../models/forecast/lstm/lstm-engine.ts';
import { blocksOf, initialParameters, type NetworkShape } from '../../../../models/forecast/lstm/network-shape.ts';
import { loadTfjsEngine } from '../../../../models/forecast/lstm/tfjs-engine.ts';
import { allocateWindows, type Windows } from '../../../../models/forecast/lstm/windows.ts';

const usual: NetworkShape = {
  lookback: 28,
  horizon: 30,
  pastWidth: 14,
  staticWidth: 10,
  aheadWidth: 33,
  units: 32,
  hidden: 32,
  quantiles: [],
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
};

function windowsOf(shape: NetworkShape, count: number, seed: string): Windows {
  const random = createRandom(seed);
  const windows = allocateWindows(shape, count);
  windows.count = count;
  for (const part of [windows.past, windows.fixed, windows.ahead]) {
    for (let i = 0; i < part.length; i++) part[i] = random.normal();
  }
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

const sequence = (count: number): Int32Array => Int32Array.from({ length: count }, (_, i) => i);

function worstDifference(a: Float32Array, b: Float32Array): number {
  return a.reduce((worst, value, i) => Math.max(worst, Math.abs(value - b[i]!)), 0);
}

describe('the two engines of the LSTM', () => {
  let tfjs: LstmEngine;
  beforeAll(async () => {
    tfjs = await loadTfjsEngine('wasm');
  });

  it.each([
    ['the usual sizes', usual],
    ['odd sizes and quantiles', odd],
  ])('give the same forecast and the same gradient for %s', (_, shape) => {
    const windows = windowsOf(shape, 45, 'windows');
    const parameters = awakeParameters(shape);
    const [own, other] = [kernelEngine.network(shape), tfjs.network(shape)];
    expect(worstDifference(own.outputs(parameters, windows), other.outputs(parameters, windows))).toBeLessThan(1e-5);
    const order = sequence(45).reverse();
    const gradient = own.gradient(parameters, windows, order, 2, 41, 0.01).slice();
    const expected = other.gradient(parameters, windows, order, 2, 41, 0.01);
    const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    expect(worstDifference(gradient, expected)).toBeLessThan(1e-5 * Math.max(1, largest));
  });

  it('have the gradient of the loss that finite differences of the forecast show', () => {
    const windows = windowsOf(odd, 11, 'differences');
    // Far from all quantiles: the pinball loss has a kink where they meet.
    windows.target.set(windows.target.map((_, i) => (i % 3 === 0 ? 8 : 0.01)));
    const parameters = awakeParameters(odd);
    const network = kernelEngine.network(odd);
    const gradient = network.gradient(parameters, windows, sequence(11), 0, 11, 1).slice();
    const pinball = (level: number, miss: number): number => Math.max(level * miss, (level - 1) * miss);
    const loss = (at: Float32Array): number =>
      network.outputs(at, windows).reduce((sum, log, i) => {
        const [target, weight] = [windows.target[Math.floor(i / 4)]!, windows.weight[Math.floor(i / 4)]!];
        const level = odd.quantiles[(i % 4) - 1];
        const part = level ? pinball(level, target - Math.exp(log)) : Math.exp(log) - target * log;
        return sum + weight * part;
      }, 0);
    const last = blocksOf(odd).at(-1)!;
    expect(gradient.length).toBe(last.offset + last.rows * last.columns);
    const step = 4e-4;
    const off = gradient.filter((value, i) => {
      const moved = (by: number): number => loss(parameters.with(i, parameters[i]! + by));
      const difference = (moved(step) - moved(-step)) / (2 * step);
      return Math.abs(value - difference) > 0.02 + 0.02 * Math.abs(difference);
    });
    // A step may cross the kink of a rectifier.
    expect(off.length).toBeLessThan(0.01 * gradient.length);
  });

  it('give no gradient for windows without weight, and the same bytes each time', () => {
    const windows = windowsOf(odd, 9, 'weightless');
    const network = kernelEngine.network(odd);
    const first = network.gradient(awakeParameters(odd), windows, sequence(9), 0, 9, 1).slice();
    expect(network.gradient(awakeParameters(odd), windows, sequence(9), 0, 9, 1)).toEqual(first);
    windows.weight.fill(0);
    expect(network.gradient(awakeParameters(odd), windows, sequence(9), 0, 9, 1).every((g) => g === 0)).toBe(true);
  });

  it('stay finite over huge inputs', () => {
    const windows = windowsOf(odd, 8, 'huge');
    for (const part of [windows.past, windows.fixed, windows.ahead]) part.set(part.map((x) => x * 1e4));
    const network = kernelEngine.network(odd);
    expect(network.outputs(awakeParameters(odd), windows).every(Number.isFinite)).toBe(true);
    expect(network.gradient(awakeParameters(odd), windows, sequence(8), 0, 8, 1).every(Number.isFinite)).toBe(true);
  });
});
