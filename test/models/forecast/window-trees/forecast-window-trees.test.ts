import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../data/random.ts';
import {
  forecastWindowTrees,
  type WindowTreesRequest,
} from '../../../../models/forecast/window-trees/forecast-window-trees.ts';
import type { Panel } from '../../../../models/panel.ts';
import { panelOf } from '../panel-fixture.ts';

const HORIZON = 6;
const LEVELS = [0.1, 0.5, 0.9];
const SERIES = 120;
const WEEKS = 100;
const budget = { rows: 6_000, trees: 60, learningRate: 0.1, minLeafRows: 40 };

/** Independent normal weeks: even series have a deviation of 5 % of the mean, odd ones of 40 %. */
function noisyPanel(weeks = WEEKS, known = weeks): Panel {
  const random = createRandom(5);
  const sales = Array.from({ length: SERIES }, (_, s) => {
    const mean = 20 + (s % 10) * 10;
    const all = Array.from({ length: WEEKS }, () =>
      Math.max(0, mean * (1 + (s % 2 === 0 ? 0.05 : 0.4) * random.normal())),
    );
    return all.map((value, t) => (t < known ? value : 1000)).slice(0, weeks);
  });
  return panelOf({ sales, horizon: HORIZON, frequency: 'weekly' });
}

const forecast = (panel: Panel, request: Partial<WindowTreesRequest> = {}): Float32Array =>
  forecastWindowTrees(panel, {
    origins: [WEEKS - HORIZON],
    horizon: HORIZON,
    levels: LEVELS,
    seed: 1,
    budget,
    ...request,
  })[0]!.quantiles;

/** Width from the first level to the last over the middle, mean of the even or odd series. */
function width(quantiles: Float32Array, parity: number, window: number): number {
  let sum = 0;
  for (let s = parity; s < SERIES; s += 2) {
    const at = (s * HORIZON + window - 1) * LEVELS.length;
    sum += (quantiles[at + 2]! - quantiles[at]!) / quantiles[at + 1]!;
  }
  return (2 * sum) / SERIES;
}

describe('boosted trees for the quantiles of windows', () => {
  it('tell steady series from restless ones, and a sum of weeks from a single one', () => {
    const quantiles = forecast(noisyPanel());
    // of one week of 40 %: 2 x 1.28 x 0.4 = 1.03; of four: half of it
    expect(width(quantiles, 1, 1)).toBeGreaterThan(0.75);
    expect(width(quantiles, 1, 1)).toBeLessThan(1.3);
    expect(width(quantiles, 1, 4)).toBeLessThan(0.75 * width(quantiles, 1, 1));
    expect(width(quantiles, 0, 1)).toBeLessThan(0.4 * width(quantiles, 1, 1));
  });

  it('cover what came as often as they say', () => {
    const panel = noisyPanel();
    const quantiles = forecast(panel);
    const below = LEVELS.map(() => 0);
    for (let s = 0; s < SERIES; s++) {
      let sum = 0;
      for (let h = 0; h < HORIZON; h++) {
        sum += panel.quantity[s * WEEKS + WEEKS - HORIZON + h]!;
        LEVELS.forEach((_, q) => {
          if (sum <= quantiles[(s * HORIZON + h) * LEVELS.length + q]!) below[q]!++;
        });
      }
    }
    below.forEach((count, q) => {
      expect(Math.abs(count / SERIES / HORIZON - LEVELS[q]!)).toBeLessThan(0.1);
    });
  });

  it('ascend over levels, see nothing from the origin on, and are the same bytes for the same seed', () => {
    const first = forecast(noisyPanel());
    expect(forecast(noisyPanel(WEEKS, WEEKS - HORIZON))).toEqual(first);
    for (let i = 0; i < first.length; i += LEVELS.length) {
      expect(first[i]).toBeLessThanOrEqual(first[i + 1]!);
      expect(first[i + 1]).toBeLessThanOrEqual(first[i + 2]!);
    }
  });

  it('leave a series that never sold without a forecast', () => {
    const panel = noisyPanel();
    panel.quantity.fill(0, 0, WEEKS);
    const quantiles = forecast(panel);
    expect(quantiles.subarray(0, HORIZON * LEVELS.length).every(Number.isNaN)).toBe(true);
    expect(quantiles.subarray(HORIZON * LEVELS.length).some(Number.isNaN)).toBe(false);
  });

  it('say nothing where there is too little to learn from', () => {
    const quantiles = forecast(noisyPanel(), { origins: [27] });
    expect(quantiles.length).toBe(SERIES * HORIZON * LEVELS.length);
    expect(quantiles.every(Number.isNaN)).toBe(true);
  });
});
