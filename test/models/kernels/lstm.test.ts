import { describe, expect, it } from 'vitest';
import { createLstmKernel, EXAMPLES, type LstmBuild, lstmBuild } from '../../../models/kernels/lstm.ts';

const TILES = 32;
const sizes = {
  ...{ lookback: 1, horizon: 1, pastWidth: 1, staticWidth: 0, aheadWidth: 1, units: 1, hidden: 1, outputs: 1 },
  embedded: [],
};
/** Offsets in the parameters: an LSTM of 4 x (input, one, state) and later ones. */
const GATE = { input: 0, forget: 3, output: 6, candidate: 9 };

/** Numbers from one end to the other, a tile of examples at a time. */
const spread = (from: number, to: number): number[][] =>
  Array.from({ length: TILES }, (_, tile) =>
    Array.from({ length: EXAMPLES }, (__, b) => from + ((to - from) * (tile * EXAMPLES + b)) / (TILES * EXAMPLES - 1)),
  );
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

const builds = [...new Set<LstmBuild>(['plain', lstmBuild()])];

describe.each(builds)('the LSTM kernel, %s', (build) => {
  it('has an exponential that is right to a millionth over its whole range', () => {
    const kernel = createLstmKernel(sizes, build);
    kernel.parameters[kernel.parameters.length - 2] = 1;
    kernel.packParameters();
    kernel.weight.fill(1);
    for (const logs of spread(-80, 80)) {
      kernel.ahead.set(logs);
      kernel.forward();
      kernel.meanSlope(1, 1, -80, 80);
      logs.forEach((_, i) => {
        const exact = Math.exp(kernel.output[i]!);
        expect(Math.abs(kernel.slope[i]! / exact - 1)).toBeLessThan(1e-6);
      });
    }
  });

  it('has gates and a state that are right to a millionth', () => {
    const kernel = createLstmKernel(sizes, build);
    kernel.parameters[GATE.input] = 0.5;
    kernel.parameters[GATE.output] = -0.3;
    kernel.parameters[GATE.candidate] = 2;
    kernel.packParameters();
    // The state lies before the fixed features.
    const seen = new Float32Array(kernel.fixed.buffer, kernel.fixed.byteOffset - EXAMPLES * 4, EXAMPLES);
    for (const inputs of spread(-20, 20)) {
      kernel.past.set(inputs);
      kernel.forward();
      inputs.forEach((x, i) => {
        const state = sigmoid(-0.3 * x) * Math.tanh(sigmoid(0.5 * x) * Math.tanh(x));
        expect(Math.abs(seen[i]! - state)).toBeLessThan(1e-6);
      });
    }
  });

  it('keeps the memory of two networks apart', () => {
    const [first, second] = [0, 0].map(() => createLstmKernel(sizes, build));
    first!.parameters.fill(7);
    expect(second!.parameters.every((value) => value === 0)).toBe(true);
  });
});
