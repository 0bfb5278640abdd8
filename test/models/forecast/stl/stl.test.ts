import { describe, expect, it } from 'vitest';
import { mstl, mstlMeans } from '../../../../models/forecast/stl/mstl.ts';
import { stl, stlWindows } from '../../../../models/forecast/stl/stl.ts';
import { WEEKLY_WAVE } from '../reference-series.ts';

describe('decomposition by loess', () => {
  it('is R’s stl', () => {
    // R 4: stl(ts(y, frequency = 7), s.window = 11)$time.series[c(1, 2, 3, 70, 71, 139, 140), ]
    const { season, trend, remainder } = stl(WEEKLY_WAVE, 7, stlWindows(7, 11));
    const rows = [
      [0, 25.632201344054, 86.0474676621],
      [1, 32.906923144831, 88.2126714992],
      [69, -0.372998921841, 104.0839784364],
      [138, -23.696695125445, 125.2758217991],
      [139, -2.053714406093, 124.1205338486],
    ];
    for (const [t, s, level] of rows) {
      expect(season[t!]).toBeCloseTo(s!, 9);
      expect(trend[t!]).toBeCloseTo(level!, 9);
      expect(season[t!]! + trend[t!]! + remainder[t!]!).toBeCloseTo(WEEKLY_WAVE[t!]!, 9);
    }
  });

  it('is R’s mstl with two seasons', () => {
    // R forecast 8.20: mstl(msts(rep(y, 3), c(7, 60)))[c(1, 70, 420), ]
    const y = Float64Array.from([...WEEKLY_WAVE, ...WEEKLY_WAVE, ...WEEKLY_WAVE]);
    const { seasons, trend } = mstl(y, [7, 60]);
    const rows = [
      [0, 93.9561253887, 25.359673152139, -2.223990111534],
      [69, 110.6786401584, -0.583583028561, 5.37150404053],
      [419, 134.4110295166, -2.763612617001, -4.09643768229],
    ];
    for (const [t, level, short, long] of rows) {
      expect(trend[t!]).toBeCloseTo(level!, 9);
      expect(seasons[0]![t!]).toBeCloseTo(short!, 9);
      expect(seasons[1]![t!]).toBeCloseTo(long!, 9);
    }
  });

  it('forecasts like R’s stlf', () => {
    // R forecast 8.20: stlf(ts(y, frequency = 7), h = 7, s.window = 11, method = "ets")$mean
    const means = new Float64Array(7);
    mstlMeans(WEEKLY_WAVE, [7], means);
    const fromR = [148.7349, 156.0528, 140.4255, 114.963, 97.3684, 102.6654, 124.3084];
    fromR.forEach((value, h) => {
      expect(Math.abs(means[h]! / value - 1)).toBeLessThan(1e-3);
    });
  });

  it('finds nothing but level in a constant', () => {
    const { season, trend } = stl(new Float64Array(50).fill(4), 7, stlWindows(7, 11));
    for (let t = 0; t < 50; t++) {
      expect(season[t]).toBeCloseTo(0, 9);
      expect(trend[t]).toBeCloseTo(4, 9);
    }
  });
});
