import { describe, expect, it } from 'vitest';
import { horizonWeights } from '../../../../models/forecast/hybrid/horizon-weights.ts';

const HORIZON = 20;

function windowsOf(count: number, share: (h: number) => number) {
  const linear = new Float32Array(count * HORIZON).fill(1);
  const corrected = linear.map((_, i) => 1 + (i % 3 ? 0.5 : -0.25));
  const target = corrected.map((value, i) => 1 + share(i % HORIZON) * (value - 1));
  return { windows: { count, target, weight: linear.slice() }, linear, corrected };
}

describe('weights of a correction by period ahead', () => {
  it('are the share of the correction that came true', () => {
    const { windows, linear, corrected } = windowsOf(30, () => 0.4);
    for (const weight of horizonWeights(windows, linear, corrected, HORIZON)) expect(weight).toBeCloseTo(0.4, 5);
  });

  it('differ over the horizon, and stay within 0 and 1', () => {
    const { windows, linear, corrected } = windowsOf(30, (h) => (h < 10 ? 2 : -1));
    const weights = horizonWeights(windows, linear, corrected, HORIZON);
    expect(weights[0]).toBe(1);
    expect(weights[HORIZON - 1]).toBe(0);
    for (let h = 1; h < HORIZON; h++) expect(weights[h]!).toBeLessThanOrEqual(weights[h - 1]!);
  });

  it('leave out what has no weight, and trust the correction where nothing is known', () => {
    const { windows, linear, corrected } = windowsOf(30, () => 0);
    windows.weight.fill(0);
    expect([...horizonWeights(windows, linear, corrected, HORIZON)]).toEqual(new Array(HORIZON).fill(1));
  });
});
