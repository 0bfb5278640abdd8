import { describe, expect, it } from 'vitest';
import { forecastLstm } from '../../../../models/forecast/lstm/forecast-lstm.ts';
import { loadTfjs } from '../../../../models/forecast/lstm/tfjs-runtime.ts';
import type { Panel } from '../../../../models/panel.ts';
import { oddPanel, syntheticPanel } from '../../../synthetic-panel.ts';

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

  it('learns on from origin to origin, and is nearer to sales that changed in between', async () => {
    const panel = syntheticPanel(12, 400, HORIZON);
    const origins = [300, 386 - HORIZON, 386];
    // From the first origin on weekdays no longer differ as they did.
    for (let s = 0; s < panel.seriesCount; s++) {
      for (let t = 300; t < 400; t++) panel.quantity[s * 400 + t]! *= t % 7 === 3 ? 3 : 1;
    }
    const request = { origins, horizon: HORIZON, seed: 3, budget: { ...budget, windows: 2048 } };
    const once = await forecastLstm(panel, request);
    const [first, , last] = await forecastLstm(panel, { ...request, learnsOnAt: origins.slice(1) });
    expect(first).toEqual(once[0]);
    const errorOf = ({ mean }: { mean: Float32Array }): number => wape(panel, 386, (s, h) => mean[s * HORIZON + h]!);
    expect(errorOf(last!)).toBeLessThan(0.95 * errorOf(once[2]!));
    for (let s = 0; s < panel.seriesCount; s++) panel.quantity.fill(999, s * 400 + 386, (s + 1) * 400);
    expect((await forecastLstm(panel, { ...request, learnsOnAt: origins.slice(1) }))[2]).toEqual(last);
  });

  it('tells what macro indicators do to the last origin, where there are any', async () => {
    const panel = syntheticPanel(6, 400, HORIZON);
    const request = { origins: [370, 400], horizon: HORIZON, seed: 3, budget, isTakenApart: true };
    const [, none] = await forecastLstm(panel, request);
    expect(none!.without).toBeUndefined();
    const values = Float32Array.from({ length: 400 }, (_, t) => 100 + Math.floor(t / 30));
    const [first, last] = await forecastLstm({ ...panel, indicators: { names: ['cpi'], values } }, request);
    expect(first!.without).toBeUndefined();
    const { mean, without } = last!;
    expect(without!.macro).not.toEqual(mean);
    without!.macro!.forEach((value, i) => {
      expect(Math.abs(Math.log(value / mean[i]!))).toBeLessThan(0.5);
    });
  });

  it('learns quantiles that ascend and hold about their share of the sales', async () => {
    const panel = syntheticPanel(12, 400, HORIZON);
    const origin = panel.periods - HORIZON;
    const levels = [0.1, 0.5, 0.9];
    const request = { origins: [origin], horizon: HORIZON, seed: 3, quantiles: levels };
    const [only] = await forecastLstm(panel, { ...request, budget: { windows: 1024, epochs: 4, members: 1 } });
    const below = levels.map(() => 0);
    for (let i = 0; i < panel.seriesCount * HORIZON; i++) {
      const own = only!.quantiles!.subarray(3 * i, 3 * i + 3);
      expect(own).toEqual(own.slice().sort());
      const actual = panel.quantity[Math.floor(i / HORIZON) * panel.periods + origin + (i % HORIZON)]!;
      own.forEach((quantile, q) => {
        if (actual <= quantile) below[q]! += 1 / (panel.seriesCount * HORIZON);
      });
    }
    levels.forEach((level, q) => {
      expect(Math.abs(below[q]! - level)).toBeLessThan(0.15);
    });
  });

  it.each(['kernel', 'tfjs'] as const)('gives the same bytes for the same seed (%s)', async (engine) => {
    const panel = syntheticPanel(4, 300, HORIZON);
    const request = { origins: [280], horizon: HORIZON, seed: 3, engine, budget: { windows: 256, epochs: 1 } };
    const { tf } = await loadTfjs();
    const before = tf.memory().numTensors;
    const [first, second] = [await forecastLstm(panel, request), await forecastLstm(panel, request)];
    expect(first).toEqual(second);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('forecasts alike with either engine', async () => {
    const panel = syntheticPanel(4, 300, HORIZON);
    const request = { origins: [280], horizon: HORIZON, seed: 3, budget: { windows: 256, epochs: 1 } };
    const [own] = await forecastLstm(panel, request);
    const [other] = await forecastLstm(panel, { ...request, engine: 'tfjs' });
    own!.mean.forEach((value, i) => {
      expect(Math.abs(value - other!.mean[i]!)).toBeLessThan(1e-3 * (1 + value));
    });
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
        panel.promotionKind[t] = 1 - panel.promotionKind[t]!;
        panel.discount[t] = panel.promotionKind[t] ? 0.2 : 0;
      }
    }
    expect(await forecast(panel, origin)).not.toEqual(before);
  });

  it('forecasts nothing for a day on which the location is closed', async () => {
    const panel = syntheticPanel(4, 300, HORIZON);
    const width = 300 + HORIZON;
    for (let c = 0; c < panel.calendar.calendarCount; c++) panel.calendar.isClosed[c * width + 283] = 1;
    const mean = await forecast(panel, 280);
    for (let s = 0; s < 4; s++) {
      expect(mean[s * HORIZON + 3]).toBe(0);
      expect(mean[s * HORIZON + 4]).toBeGreaterThan(0);
    }
  });

  it('stays finite and not negative over all-zero, constant, short, huge and unknown series', async () => {
    const panel = oddPanel(300, HORIZON);
    const mean = await forecast(panel, 300);
    expect([...mean].every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
    expect([...mean.subarray(0, HORIZON)].every((value) => value === 0)).toBe(true);
    expect(mean[4 * HORIZON]).toBe(0);
    expect(mean[HORIZON]).toBeGreaterThan(3);
  });
});
