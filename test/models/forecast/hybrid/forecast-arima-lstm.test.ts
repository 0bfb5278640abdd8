import { describe, expect, it } from 'vitest';
import { arimax } from '../../../../models/forecast/arima/arimax.ts';
import { forecastArimaLstm } from '../../../../models/forecast/hybrid/forecast-arima-lstm.ts';
import type { Panel } from '../../../../models/panel.ts';
import { oddPanel, syntheticPanel } from '../../../synthetic-panel.ts';

const HORIZON = 14;

async function forecast(
  panel: Panel,
  origins: number[],
  windows = 512,
  learnsOnAt: number[] = [],
): Promise<Float32Array[]> {
  const request = { origins, learnsOnAt, horizon: HORIZON, seed: 3, budget: { windows, epochs: 3 } };
  return (await forecastArimaLstm(panel, request)).map(({ mean }) => mean);
}

describe('the ARIMA-LSTM hybrid', () => {
  it('is better than its ARIMAX alone where a series has what an ARIMAX cannot say', async () => {
    const panel = syntheticPanel(12, 500, HORIZON, 0.05);
    const origin = panel.periods - HORIZON;
    const [mean] = await forecast(panel, [origin], 2560);
    let [own, alone] = [0, 0];
    const linear = new Float64Array(HORIZON);
    for (let s = 0; s < panel.seriesCount; s++) {
      arimax.forecast(panel, origin, HORIZON, s, linear);
      for (let h = 0; h < HORIZON; h++) {
        const actual = panel.quantity[s * panel.periods + origin + h]!;
        own += Math.abs(actual - mean![s * HORIZON + h]!);
        alone += Math.abs(actual - linear[h]!);
      }
    }
    expect(own).toBeLessThan(0.9 * alone);
  });

  it('gives the same bytes for the same seed, and each origin what it gives beside others', async () => {
    const panel = syntheticPanel(4, 300, HORIZON);
    const both = await forecast(panel, [270, 280]);
    expect(await forecast(panel, [270, 280])).toEqual(both);
    expect((await forecast(panel, [270]))[0]).toEqual(both[0]);
  });

  it('reads nothing of the sales from the origin on, also where it learns on', async () => {
    const panel = syntheticPanel(4, 300, HORIZON);
    const learnsOn = async (): Promise<Float32Array[]> => forecast(panel, [266, 280], 512, [280]);
    const [before, both] = [await forecast(panel, [280]), await learnsOn()];
    expect(both[0]).toEqual((await forecast(panel, [266, 280]))[0]);
    expect(both[1]).not.toEqual((await forecast(panel, [266, 280]))[1]);
    for (let s = 0; s < 4; s++) panel.quantity.fill(999, s * 300 + 280, (s + 1) * 300);
    expect(await forecast(panel, [280])).toEqual(before);
    expect(await learnsOn()).toEqual(both);
  });

  it('stays finite and not negative over all-zero, constant, short, huge and unknown series, and is zero where closed', async () => {
    const panel = oddPanel(300, HORIZON);
    const width = 300 + HORIZON;
    for (let c = 0; c < panel.calendar.calendarCount; c++) panel.calendar.isClosed[c * width + 305] = 1;
    const [mean] = await forecast(panel, [300]);
    expect([...mean!].every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
    expect(mean![HORIZON]).toBeGreaterThan(3);
    for (let s = 0; s < 6; s++) expect(mean![s * HORIZON + 5]).toBe(0);
  });
});
