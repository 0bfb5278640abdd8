import { describe, expect, it } from 'vitest';
import { dieboldMariano } from '../../../../models/forecast/compare/diebold-mariano.ts';

describe('the test of Diebold and Mariano', () => {
  // R: dm.test(sqrt(pmax(d, 0)), sqrt(pmax(-d, 0)), h = H, varestimator = "bartlett", power = 2) of forecast 8.20
  const short = Float64Array.of(1, 2, -1, 3, 2, 0, 1, 2);

  it('gives the p-values of R', () => {
    expect(dieboldMariano(short, 2)).toBeCloseTo(0.01392783, 3);
    expect(dieboldMariano(short, 1)).toBeCloseTo(0.0281614, 3);
    const long = [
      -1.672, 0.282, 0.284, 0.314, 1.292, 1.757, 1.808, 2.164, 2.24, 1.579, -0.882, 0.251, 0.254, 0.157, -1.217, -1.048,
      -0.051, 1.488, 0.95, 1.118, 0.777, -0.751, -0.706, -0.658, -0.294, 1.084, 1.573, 0.94, 0.47, 1.139, 1.4, 0.311,
      -0.361, 0.308, 1.113, 0.716, 1.471, 1.44, 0.412, 0.748, -0.52, 1.281, 2.909, 1.538, 0.039, 0.753, 0.477, 2.848,
      1.829, 1.947, 1.356, 0.231, 0.487, -1.353, 0.814, 0.802, 2.814, 2.324, 0.844, 1.277,
    ];
    expect(dieboldMariano(Float64Array.from(long), 7)).toBeCloseTo(0.000131041, 5);
  });

  it('does not depend on which of the two is first, nor on the unit of loss', () => {
    const p = dieboldMariano(short, 3);
    expect(
      dieboldMariano(
        short.map((d) => -d),
        3,
      ),
    ).toBe(p);
    expect(
      dieboldMariano(
        short.map((d) => 1000 * d),
        3,
      ),
    ).toBeCloseTo(p, 12);
  });

  it('proves nothing from equal forecasts or from one window of steps', () => {
    expect(dieboldMariano(new Float64Array(20), 3)).toBe(1);
    expect(dieboldMariano(short, 8)).toBe(1);
    expect(dieboldMariano(Float64Array.of(3), 1)).toBe(1);
    expect(dieboldMariano(new Float64Array(0), 3)).toBeNaN();
  });
});
