import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../data/random.ts';
import { autoArima } from '../../../../models/forecast/arima/auto-arima.ts';
import { coefficientsAt, expand, isWellInside, pointOf } from '../../../../models/forecast/arima/coefficients.ts';
import { whiten } from '../../../../models/forecast/arima/exact.ts';
import { type ArimaFit, fitArima, forecastArima } from '../../../../models/forecast/arima/fit-arima.ts';
import { type ArimaOrder, difference, integrate, orderName } from '../../../../models/forecast/arima/order.ts';
import { differencesOf, kpss } from '../../../../models/forecast/arima/unit-roots.ts';
import { AIR_PASSENGERS, LAKE_HURON, NILE, US_ACCIDENTAL_DEATHS, WEEKLY_WAVE } from '../reference-series.ts';

const orderOf = (p: number, d: number, q: number, P = 0, D = 0, Q = 0, m = 1): ArimaOrder => ({
  p,
  d,
  q,
  seasonalP: P,
  seasonalD: D,
  seasonalQ: Q,
  m,
});
const ones = (n: number): Float64Array => new Float64Array(n).fill(1);

function forecastOf(y: Float64Array, fit: ArimaFit, regressors: Float64Array[], horizon: number): Float64Array {
  const out = new Float64Array(horizon);
  forecastArima(y, y, fit, regressors, out);
  return out;
}

describe('ARIMA of given orders', () => {
  it('has R’s exact likelihood, coefficients and forecasts with a mean', () => {
    // R forecast 8.20: f <- Arima(LakeHuron, order = c(2, 0, 1)); f$loglik; coef(f); forecast(f, h = 3)$mean
    const fit = fitArima(LAKE_HURON, LAKE_HURON, orderOf(2, 0, 1), { regressors: [ones(98)] });
    expect(fit.logLikelihood).toBeCloseTo(-103.238175544, 3);
    expect(fit.aicc).toBeCloseTo(217.128525001, 2);
    expect(fit.coefficients.ar[0]).toBeCloseTo(0.7829, 2);
    expect(fit.coefficients.ar[1]).toBeCloseTo(-0.0342, 2);
    expect(fit.coefficients.ma[0]).toBeCloseTo(0.2857, 2);
    expect(fit.effects[0]).toBeCloseTo(579.0531, 2);
    const means = forecastOf(LAKE_HURON, fit, [ones(101)], 3);
    [579.740721958, 579.560492189, 579.426883154].forEach((value, h) => {
      expect(means[h]).toBeCloseTo(value, 3);
    });
  });

  it('has them with a difference', () => {
    // R forecast 8.20: Arima(Nile, order = c(1, 1, 1))
    const fit = fitArima(NILE, NILE, orderOf(1, 1, 1));
    expect(fit.logLikelihood).toBeCloseTo(-630.627381776, 3);
    expect(fit.coefficients.ar[0]).toBeCloseTo(0.254371, 3);
    expect(fit.coefficients.ma[0]).toBeCloseTo(-0.874136, 3);
    const means = forecastOf(NILE, fit, [], 3);
    [816.18127594, 835.559611473, 840.488905232].forEach((value, h) => {
      expect(means[h]! / value).toBeCloseTo(1, 4);
    });
  });

  it('has those of a seasonal model, on the differenced series as R has without its diffuse prior', () => {
    // R: arima(diff(diff(y, 12)), order = c(0,0,1), seasonal = c(0,0,1), include.mean = FALSE), reltol 1e-14
    const log = AIR_PASSENGERS.map(Math.log);
    const air = fitArima(log, log, orderOf(0, 1, 1, 0, 1, 1, 12));
    expect(air.logLikelihood).toBeCloseTo(244.696486833, 4);
    expect(air.coefficients.ma[0]).toBeCloseTo(-0.401822892, 4);
    expect(air.coefficients.seasonalMa[0]).toBeCloseTo(-0.556935873, 3);
    const deaths = fitArima(US_ACCIDENTAL_DEATHS, US_ACCIDENTAL_DEATHS, orderOf(0, 1, 1, 0, 1, 1, 12));
    expect(deaths.logLikelihood).toBeCloseTo(-425.441102431, 3);
    // R forecast 8.20: forecast(Arima(log(AirPassengers), c(0,1,1), c(0,1,1)), h = 3)$mean
    const means = forecastOf(log, air, [], 3);
    [6.11018574332, 6.05377527132, 6.17171485614].forEach((value, h) => {
      expect(means[h]).toBeCloseTo(value, 3);
    });
  });

  it('estimates regressors by generalised least squares as R does', () => {
    // R forecast 8.20: X <- cbind(p = (1:140) %% 10 == 0, q = sin(2 * pi * (1:140) / 30));
    // Arima(ts(y, frequency = 7), order = c(1,0,0), seasonal = c(1,0,0), xreg = X)
    const n = WEEKLY_WAVE.length;
    const pulse = Float64Array.from({ length: n }, (_, t) => ((t + 1) % 10 === 0 ? 1 : 0));
    const wave = Float64Array.from({ length: n }, (_, t) => Math.sin((2 * Math.PI * (t + 1)) / 30));
    const regressors = [ones(n), pulse, wave];
    const fit = fitArima(WEEKLY_WAVE, WEEKLY_WAVE, orderOf(1, 0, 0, 1, 0, 0, 7), { regressors, rounds: 30 });
    expect(fit.logLikelihood).toBeCloseTo(-557.1052911, 3);
    expect(fit.coefficients.ar[0]).toBeCloseTo(0.203672, 3);
    expect(fit.coefficients.seasonalAr[0]).toBeCloseTo(0.833508, 3);
    expect(fit.effects[1]).toBeCloseTo(1.51752, 2);
    expect(fit.effects[2]).toBeCloseTo(-2.66927, 2);
  });

  it('steps over unknown values as R does', () => {
    // R forecast 8.20: z <- Nile; z[c(20, 21, 50)] <- NA; Arima(z, order = c(1, 0, 1))
    const z = NILE.map((value, t) => ([19, 20, 49].includes(t) ? Number.NaN : value));
    const fit = fitArima(z, z, orderOf(1, 0, 1), { regressors: [ones(100)] });
    expect(fit.logLikelihood).toBeCloseTo(-619.312890036, 3);
    expect(fit.coefficients.ar[0]).toBeCloseTo(0.847248, 3);
    expect(fit.coefficients.ma[0]).toBeCloseTo(-0.502072, 3);
  });

  it('names the limit that a series is beyond', () => {
    expect(() => fitArima(NILE, NILE, orderOf(0, 0, 0, 0, 0, 1, 52))).toThrow(/at most 4096 periods, 40 lags/);
  });

  it('whitens like the textbook filter written as a plain loop', () => {
    const random = createRandom(4);
    const w = Float64Array.from({ length: 60 }, (_, t) => (t % 11 === 4 ? Number.NaN : random.normal()));
    const order = orderOf(1, 0, 1);
    const x = Float64Array.of(0.6, -0.4);
    const { ar, ma } = coefficientsAt(order, x);
    const [phi, theta] = [ar[0]!, ma[0]!];
    const [T, R] = [
      [phi, 1, 0, 0],
      [1, theta],
    ];
    let a = [0, 0];
    const variance = (1 + 2 * phi * theta + theta * theta) / (1 - phi * phi);
    let P = [variance, theta, theta, theta * theta];
    const { columns, logs } = whiten(w, [], order, x);
    let sum = 0;
    for (let t = 0; t < w.length; t++) {
      const F = P[0]!;
      if (!Number.isNaN(w[t]!)) {
        const v = w[t]! - a[0]!;
        expect(columns[t]).toBeCloseTo(v / Math.sqrt(F), 7);
        sum += Math.log(F);
        a = [a[0]! + v, a[1]! + (P[2]! / F) * v];
        P = [0, 0, 0, P[3]! - (P[2]! * P[1]!) / F];
      } else expect(columns[t]).toBe(0);
      a = [T![0]! * a[0]! + a[1]!, 0];
      P = [phi * phi * P[0]! + 2 * phi * P[1]! + P[3]! + R![0]! ** 2, R![0]! * R![1]!, R![0]! * R![1]!, R![1]! ** 2];
    }
    expect(logs).toBeCloseTo(sum, 7);
  });
});

describe('orders', () => {
  it('has R’s KPSS statistic and its numbers of differences', () => {
    // R urca 1.3: ur.kpss(Nile, type = "mu", use.lag = 2)@teststat; R forecast 8.20: ndiffs(Nile), nsdiffs(AirPassengers)
    expect(kpss(NILE)).toBeCloseTo(1.31522646318, 10);
    expect(differencesOf(NILE, 1)).toEqual({ d: 1, seasonalD: 0 });
    expect(differencesOf(AIR_PASSENGERS, 12)).toEqual({ d: 1, seasonalD: 1 });
    expect(differencesOf(new Float64Array(100).fill(3), 7)).toEqual({ d: 0, seasonalD: 0 });
  });

  it('chooses a model about as likely as that of R’s auto.arima', () => {
    // R forecast 8.20: auto.arima(y)$aicc; where R adds a drift, ours goes without
    const references: [Float64Array, number, number][] = [
      [AIR_PASSENGERS, 12, 1018.165],
      [NILE, 1, 1267.507],
      [LAKE_HURON, 1, 220.258],
      [WEEKLY_WAVE, 7, 1032.717],
    ];
    for (const [y, m, aicc] of references) {
      const fit = autoArima(y, y, m);
      expect(fit.aicc, orderName(fit.order)).toBeLessThan(aicc + 4);
    }
  });

  it('finds the order of a simulated autoregression', () => {
    const random = createRandom(8);
    const y = new Float64Array(600);
    for (let t = 2; t < 600; t++) y[t] = 0.5 * y[t - 1]! - 0.4 * y[t - 2]! + random.normal();
    const fit = autoArima(y, y, 1);
    expect(fit.order.d).toBe(0);
    const { ar, ma } = fit.coefficients;
    expect(ar[0]! + (ma[0] ?? 0)).toBeCloseTo(0.5, 0);
    expect(fit.sigma2).toBeLessThan(1.15);
  });

  it('integrates what it differenced', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -99, max: 99 }), { minLength: 30, maxLength: 40 }), (values) => {
        const y = Float64Array.from(values);
        const order = orderOf(0, 1, 0, 0, 1, 0, 7);
        const ahead = difference(y, order).slice(-6);
        integrate(y.slice(0, -6), order, ahead);
        ahead.forEach((value, h) => {
          expect(value).toBeCloseTo(y[y.length - 6 + h]!, 9);
        });
      }),
    );
  });

  it('maps any values to stationary, invertible coefficients and back', () => {
    const value = fc.double({ min: -2, max: 2, noNaN: true });
    fc.assert(
      fc.property(fc.array(value, { minLength: 6, maxLength: 6 }), (values) => {
        const order = orderOf(3, 0, 2, 1, 0, 0, 7);
        const c = coefficientsAt(order, values);
        pointOf(c).forEach((x, i) => {
          expect(x).toBeCloseTo(values[i]!, 4);
        });
        expect(expand(order, c).ar.length).toBe(10);
      }),
    );
    expect(isWellInside({ ar: [0.5], ma: [], seasonalAr: [], seasonalMa: [-0.9] }, 7)).toBe(true);
    expect(isWellInside({ ar: [0.995], ma: [], seasonalAr: [], seasonalMa: [] }, 7)).toBe(false);
  });
});
