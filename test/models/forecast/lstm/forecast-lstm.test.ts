import { describe, expect, it } from 'vitest';
import { loadEngine } from '../../../../models/forecast/lstm/engine.ts';
import { forecastLstm } from '../../../../models/forecast/lstm/forecast-lstm.ts';
import type { Panel } from '../../../../models/panel.ts';
import { syntheticPanel } from '../../../synthetic-panel.ts';

const HORIZON = 14;
const budget = { windows: 512, epochs: 3 };

async function forecast(panel: Panel, origin: number): Promise<Float32Array> {
  const [only] = await forecastLstm(panel, { origins: [origin], horizon: HORIZON, seed: 3, budget });
  return only!.mean;
}

function wape(panel: Panel, origin: number, mean: (s: number, h: number) => number): number {
  let [error, sum] = [0, 0];
  for (let s = 0; s < panel.seriesCount; s++) {
    for (let h = 0; h < HORIZON; h++) {
      const actual = panel.quantity[s * panel.periods + origin + h]!;
      error += Math.abs(actual - mean(s, h));
      sum += actual;
    }
  }
  return error / sum;
}

describe('the LSTM over all series', () => {
  it('learns the weekday and the promotion, and is much better than the same day last week', async () => {
    const panel = syntheticPanel(12, 400, HORIZON);
    const origin = panel.periods - HORIZON;
    const mean = await forecast(panel, origin);
    const naive = wape(panel, origin, (s, h) => panel.quantity[s * panel.periods + origin + (h % 7) - 7]!);
    const own = wape(panel, origin, (s, h) => mean[s * HORIZON + h]!);
    expect(own).toBeLessThan(0.5 * naive);
  });

  it('gives the same bytes for the same seed, and leaves no tensors behind', async () => {
    const panel = syntheticPanel(4, 300, HORIZON);
    const { tf } = await loadEngine();
    const before = tf.memory().numTensors;
    const [first, second] = [await forecast(panel, 280), await forecast(panel, 280)];
    expect(first).toEqual(second);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('reads nothing of the sales from the origin on, and does read the promotions ahead', async () => {
    const panel = syntheticPanel(4, 300, HORIZON);
    const origin = 280;
    const before = await forecast(panel, origin);
    const shifted = syntheticPanel(4, 300, HORIZON);
    for (let s = 0; s < 4; s++) shifted.quantity.fill(999, s * 300 + origin, (s + 1) * 300);
    expect(await forecast(shifted, origin)).toEqual(before);
    const width = 300 + HORIZON;
    for (let s = 0; s < 4; s++) {
      for (let t = s * width + origin; t < (s + 1) * width; t++) {
        panel.onPromotion[t] = 1 - panel.onPromotion[t]!;
        panel.discount[t] = panel.onPromotion[t] ? 0.2 : 0;
      }
    }
    expect(await forecast(panel, origin)).not.toEqual(before);
  });

  it('stays finite and not negative over all-zero, constant, short, huge and unknown series', async () => {
    const panel = syntheticPanel(6, 300, HORIZON);
    const row = (s: number): Float32Array => panel.quantity.subarray(s * 300, (s + 1) * 300);
    row(0).fill(0);
    row(1).fill(7);
    row(2).fill(Number.NaN, 0, 295);
    panel.firstPeriod[2] = 295;
    row(3).fill(1e7);
    row(4).fill(Number.NaN);
    panel.firstPeriod[4] = 300;
    const mean = await forecast(panel, 300);
    expect([...mean].every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
    expect([...mean.subarray(0, HORIZON)].every((value) => value === 0)).toBe(true);
    expect(mean[4 * HORIZON]).toBe(0);
    expect(mean[HORIZON]).toBeGreaterThan(3);
  });
});
