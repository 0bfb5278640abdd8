import { describe, expect, it } from 'vitest';
import { AccuracyMeter, errorScales, pinballLoss } from '../../../models/forecast/accuracy.ts';
import { QUANTILE_LEVELS } from '../../../models/forecast/conformal.ts';
import { US_ACCIDENTAL_DEATHS } from './reference-series.ts';

describe('accuracy measures', () => {
  it('have the RMSE, MASE and scale that R reports for a naive forecast of the last year', () => {
    // R forecast 8.20: accuracy(naive(window(USAccDeaths, end = c(1977, 12)), h = 12), window(USAccDeaths, start = 1978))
    //   training RMSE 730.770883893, test RMSE 946.050738597, test MASE 1.61653907703
    const train = US_ACCIDENTAL_DEATHS.subarray(0, 60);
    const { squared, absolute } = errorScales(train, 12);
    expect(Math.sqrt(squared)).toBeCloseTo(730.770883893, 8);
    const meter = new AccuracyMeter();
    for (const actual of US_ACCIDENTAL_DEATHS.subarray(60)) meter.add(actual, train.at(-1)!);
    meter.endNode(squared, absolute);
    const { rmsse, mase, n } = meter.result();
    expect(n).toBe(12);
    expect(mase).toBeCloseTo(1.61653907703, 10);
    expect(rmsse).toBeCloseTo(946.050738597 / 730.770883893, 10);
  });

  it('are what their definitions give by hand', () => {
    const meter = new AccuracyMeter();
    meter.add(10, 8);
    meter.add(0, 1);
    meter.add(20, 25);
    meter.add(Number.NaN, 99);
    meter.endNode(4, 2);
    const { n, wape, bias, rmspe, rmsse, mase } = meter.result();
    expect(n).toBe(3);
    expect(wape).toBeCloseTo(8 / 30, 12);
    expect(bias).toBeCloseTo(4 / 30, 12);
    expect(rmspe).toBeCloseTo(Math.sqrt((0.2 ** 2 + 0.25 ** 2) / 2), 12);
    expect(rmsse).toBeCloseTo(Math.sqrt(30 / 3 / 4), 12);
    expect(mase).toBeCloseTo(8 / 3 / 2, 12);
  });

  it('count what lies inside the intervals, ends included', () => {
    const meter = new AccuracyMeter();
    const quantiles = Float32Array.from(QUANTILE_LEVELS, (_, i) => i);
    for (const actual of [0, 1, 2, 6, 7, 8, 9]) meter.addQuantiles(actual, QUANTILE_LEVELS, quantiles, 0);
    const { coverage80, coverage95 } = meter.result();
    expect(coverage80).toBeCloseTo(2 / 7, 12);
    expect(coverage95).toBeCloseTo(6 / 7, 12);
  });

  it('weigh a miss above and below a quantile by its level', () => {
    expect(pinballLoss(10, 8, 0.9)).toBeCloseTo(1.8, 12);
    expect(pinballLoss(8, 10, 0.9)).toBeCloseTo(0.2, 12);
    expect(pinballLoss(5, 5, 0.5)).toBe(0);
  });

  it('say NaN, not zero, where there is nothing to divide by', () => {
    const empty = new AccuracyMeter().result();
    expect(empty.n).toBe(0);
    expect([empty.wape, empty.rmsse, empty.mase, empty.bias, empty.coverage80, empty.rmspe].every(Number.isNaN)).toBe(
      true,
    );
    const { squared, absolute } = errorScales(Float64Array.of(0, 0, 5), 1);
    expect([squared, absolute].every(Number.isNaN)).toBe(true);
  });
});
