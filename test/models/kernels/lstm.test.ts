import { describe, expect, it } from 'vitest';
import { createLstmKernel } from '../../../models/kernels/lstm.ts';

const EXAMPLES = 512;
const sizes = { lookback: 1, horizon: 1, pastWidth: 1, staticWidth: 0, aheadWidth: 1, units: 1, hidden: 1, outputs: 1 };
/** Offsets in the parameters: an LSTM of 4 x (input, one, state) and later ones. */
const GATE = { input: 0, forget: 3, output: 6, candidate: 9 };

const spread = (from: number, to: number): number[] =>
  Array.from({ length: EXAMPLES }, (_, i) => from + ((to - from) * i) / (EXAMPLES - 1));
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

describe('the LSTM kernel', () => {
  it('has an exponential that is right to a millionth over its whole range', () => {
    const kernel = createLstmKernel({ ...sizes, examples: EXAMPLES });
    const logs = spread(-80, 80);
    kernel.parameters[kernel.parameters.length - 2] = 1;
    kernel.ahead.set(logs);
    kernel.weight.fill(1);
    kernel.forward();
    kernel.meanSlope(1, 1, -80, 80);
    logs.forEach((_, i) => {
      const exact = Math.exp(kernel.output[i]!);
      expect(Math.abs(kernel.slope[i]! / exact - 1)).toBeLessThan(1e-6);
    });
  });

  it('has gates and a state that are right to a millionth', () => {
    const kernel = createLstmKernel({ ...sizes, examples: EXAMPLES });
    const inputs = spread(-20, 20);
    kernel.parameters[GATE.input] = 0.5;
    kernel.parameters[GATE.output] = -0.3;
    kernel.parameters[GATE.candidate] = 2;
    kernel.past.set(inputs);
    kernel.forward();
    const state = inputs.map((x) => sigmoid(-0.3 * x) * Math.tanh(sigmoid(0.5 * x) * Math.tanh(x)));
    // The state lies before the fixed features.
    const seen = new Float32Array(kernel.fixed.buffer, kernel.fixed.byteOffset - EXAMPLES * 4, EXAMPLES);
    state.forEach((value, i) => {
      expect(Math.abs(seen[i]! - value)).toBeLessThan(1e-6);
    });
  });

  it('keeps the memory of two networks apart', () => {
    const [first, second] = [0, 0].map(() => createLstmKernel({ ...sizes, examples: 8 }));
    first!.parameters.fill(7);
    expect(second!.parameters.every((value) => value === 0)).toBe(true);
  });
});
