import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../data/random.ts';
import { forecastLstm } from '../../../../models/forecast/lstm/forecast-lstm.ts';
import { heldOutFrom, splitAt } from '../../../../models/forecast/lstm/hold-out.ts';
import type { Network } from '../../../../models/forecast/lstm/lstm-engine.ts';
import { blocksOf, type NetworkShape, parameterCountOf } from '../../../../models/forecast/lstm/network-shape.ts';
import { train } from '../../../../models/forecast/lstm/training.ts';
import type { Windows } from '../../../../models/forecast/lstm/window-shape.ts';
import { allocateWindows } from '../../../../models/forecast/lstm/windows.ts';
import { syntheticPanel } from '../../../synthetic-panel.ts';

const shape: NetworkShape = {
  lookback: 1,
  horizon: 2,
  pastWidth: 1,
  staticWidth: 1,
  aheadWidth: 1,
  units: 1,
  hidden: 1,
  quantiles: [],
  likelihood: 'quasi_poisson',
  embeddings: [],
};
const parameterCount = parameterCountOf(shape);
/** A weight that does not decay. */
const CLIMBING = blocksOf(shape).find(({ name }) => name === 'linear')!.offset;

/** Windows of one target each, with origins 0, 1, 2, ... */
function windowsOf(count: number, target: number): Windows {
  const windows = allocateWindows(shape, count);
  windows.count = count;
  windows.origin.set(windows.origin.map((_, i) => i));
  windows.target.fill(target);
  windows.weight.fill(1);
  return windows;
}

/** A network whose forecast is one weight of the linear part, which training moves up without end. */
function climbing(): { network: Network; steps: () => number } {
  let steps = 0;
  const network: Network = {
    gradient: (parameters) => {
      steps++;
      return parameters.map((_, i) => (i === CLIMBING ? -1 : 0));
    },
    outputs: (parameters, { count }) => new Float32Array(count * shape.horizon).fill(parameters[CLIMBING]!),
    close: () => undefined,
  };
  return { network, steps: () => steps };
}

describe('early stopping', () => {
  const plan = { epochs: 40, batchSize: 4, rate: 0.1 };

  it('gives the weights with the least loss over the windows held out, and trains no further than it must', () => {
    const { network, steps } = climbing();
    const target = 3;
    const stopping = { heldOut: windowsOf(5, target), patience: 2 };
    const start = new Float32Array(parameterCount);
    const found = train(network, shape, start, windowsOf(8, 1), plan, createRandom(1), undefined, stopping);
    expect(Math.abs(Math.exp(found[CLIMBING]!) - target)).toBeLessThan(0.6);
    expect(steps()).toBeLessThan(2 * plan.epochs - 20);
    expect(start[CLIMBING]).toBe(0);
  });

  it('is off unless asked for', () => {
    const { network, steps } = climbing();
    train(network, shape, new Float32Array(parameterCount), windowsOf(8, 1), plan, createRandom(1));
    expect(steps()).toBe(2 * plan.epochs);
  });

  it('gives the same forecast each time, and one that no sales from the cutoff on change', async () => {
    const panel = syntheticPanel(4, 300, 14);
    const request = { origins: [280], horizon: 14, seed: 3, budget: { windows: 1024, epochs: 4, patience: 1 } };
    const [first] = await forecastLstm(panel, request);
    for (let s = 0; s < 4; s++) panel.quantity.fill(999, s * 300 + 280, (s + 1) * 300);
    expect(await forecastLstm(panel, request)).toEqual([first]);
  });
});

describe('windows held out by time', () => {
  it('begin where the others end, and no target is in both', () => {
    const { before, after } = splitAt(windowsOf(10, 1), shape, 6);
    expect([...before.origin]).toEqual([0, 1, 2, 3, 4]);
    expect([...after.origin]).toEqual([6, 7, 8, 9]);
    expect(before.target.length).toBe(5 * shape.horizon);
    expect(splitAt(windowsOf(3, 1), shape, 99).after.count).toBe(0);
  });

  it('leave a horizon and four weeks before the cutoff', () => {
    expect(heldOutFrom(syntheticPanel(1, 300, 14), 280, 14)).toBe(238);
    expect(heldOutFrom(syntheticPanel(1, 300, 14), 20, 14)).toBe(0);
  });
});
