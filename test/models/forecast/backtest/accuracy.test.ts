import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../data/random.ts';
import { AccuracyMeter, errorScales, pinballLoss, shareInside } from '../../../../models/forecast/backtest/accuracy.ts';
import { QUANTILE_LEVELS } from '../../../../models/forecast/uncertainty/conformal.ts';
import { countAt, countTable } from '../../../../models/forecast/uncertainty/count-table.ts';
import { US_ACCIDENTAL_DEATHS } from '../reference-series.ts';

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

  it('count what lies inside the intervals', () => {
    const meter = new AccuracyMeter();
    const quantiles = Float32Array.from(QUANTILE_LEVELS, (_, i) => i);
    for (const actual of [0.5, 1.5, 2.5, 5.5, 6.5, 7.5, 9]) meter.addQuantiles(actual, QUANTILE_LEVELS, quantiles, 0);
    const { coverage80, coverage95 } = meter.result();
    expect(coverage80).toBeCloseTo(2 / 7, 12);
    expect(coverage95).toBeCloseTo(6 / 7, 12);
  });

  it('count a value on an end of an interval by the part of its probability inside', () => {
    // quantiles 0, 0, 0, 0, 0, 0, 1, 2, 2: nothing sold spans 0 to 0.825, of which 0.725 lie above 0.1
    const counts = Float32Array.of(0, 0, 0, 0, 0, 0, 1, 2, 2);
    expect(shareInside(0, QUANTILE_LEVELS, counts, 0, 0.1, 0.9)).toBeCloseTo(0.725 / 0.825, 12);
    expect(shareInside(1, QUANTILE_LEVELS, counts, 0, 0.1, 0.9)).toBeCloseTo(0.075 / 0.1, 12);
    expect(shareInside(2, QUANTILE_LEVELS, counts, 0, 0.1, 0.9)).toBe(0);
    expect(shareInside(3, QUANTILE_LEVELS, counts, 0, 0.025, 0.975)).toBe(0);
    expect(shareInside(0, QUANTILE_LEVELS, new Float32Array(9), 0, 0.1, 0.9)).toBeCloseTo(0.8 / 0.9875, 12);
  });

  it('hold of counts what right intervals say, within what half-way points cost', () => {
    const random = createRandom(3);
    for (const mean of [0.2, 1, 4, 30]) {
      const table = countTable(mean, 1.5);
      const quantiles = Float32Array.from(QUANTILE_LEVELS, (p) => countAt(table, p));
      let inside = 0;
      for (let i = 0; i < 20_000; i++) {
        inside += shareInside(countAt(table, random.uniform()), QUANTILE_LEVELS, quantiles, 0, 0.1, 0.9) / 20_000;
      }
      expect(Math.abs(inside - 0.8)).toBeLessThan(0.03);
    }
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
