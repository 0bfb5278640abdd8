import { describe, expect, it } from 'vitest';
import { ets } from '../../../../models/forecast/smoothing/ets.ts';
import { etsCriterion, etsMeans, fitBestEts, fitEts } from '../../../../models/forecast/smoothing/ets-fit.ts';
import { type EtsForm, type EtsStates, formsFor } from '../../../../models/forecast/smoothing/ets-form.ts';
import { panelOf, weeklySales } from '../panel-fixture.ts';
import { AIR_PASSENGERS, LAKE_HURON, NILE, US_ACCIDENTAL_DEATHS, WEEKLY_WAVE } from '../reference-series.ts';

/** R lists the seasonal states newest first; here they are by phase of the first value. */
const fromR = (level: number, slope: number, season: number[]): EtsStates => ({
  level,
  slope,
  season: Float64Array.from(season.toReversed()),
});

/** A form by R's letters, such as `MAdM`. */
const formOf = (name: string): EtsForm => ({
  errors: name[0] === 'A' ? 'additive' : 'relative',
  trend: name.includes('d') ? 'damped' : name[1] === 'N' ? 'none' : 'additive',
  season: ({ N: 'none', A: 'additive', M: 'multiplicative' } as const)[name.at(-1) as 'N' | 'A' | 'M'],
});

describe('exponential smoothing', () => {
  it('has the squared errors and forecasts of R for given parameters and first states (additive)', () => {
    // R forecast 8.20: f <- ets(USAccDeaths, model = "ANA"); sum(residuals(f)^2); forecast(f, h = 14)$mean
    const form: EtsForm = { errors: 'additive', trend: 'none', season: 'additive' };
    const first = fromR(
      9248.36282413,
      0,
      [
        -51.3448748277, -255.352755428, 218.290114669, -121.771020334, 970.738744866, 1683.23661061, 756.091981289,
        306.421216534, -489.562713202, -739.900427056, -1537.79172434, -739.055152776,
      ],
    );
    const parameters = { alpha: 0.594589890836, beta: 0, gamma: 0.00202895995407, phi: 1 };
    const { criterion, last } = etsCriterion(US_ACCIDENTAL_DEATHS, 12, form, parameters, first);
    expect(Math.exp(criterion / US_ACCIDENTAL_DEATHS.length)).toBeCloseTo(4968735.66611, -1);
    const means = new Float64Array(3);
    etsMeans({ form, parameters, last }, US_ACCIDENTAL_DEATHS.length, 12, 3, means);
    [8397.49690923, 7599.22061344, 8396.59468674].forEach((value, h) => {
      expect(means[h]).toBeCloseTo(value, 3);
    });
  });

  it('has the likelihood and forecasts of R with relative errors, damped trend and multiplicative season', () => {
    // R forecast 8.20: f <- ets(AirPassengers, model = "MAM", damped = TRUE); -2 * f$loglik; forecast(f, h = 14)$mean
    const form: EtsForm = { errors: 'relative', trend: 'damped', season: 'multiplicative' };
    const first = fromR(
      120.993935507,
      1.77054019711,
      [
        0.894447475689, 0.799322028291, 0.921659598397, 1.05920192984, 1.22030069724, 1.23179850717, 1.11050018095,
        0.97861276076, 0.980382073472, 1.01103008804, 0.886892287223, 0.905852372934,
      ],
    );
    const parameters = { alpha: 0.709551916209, beta: 0.0204089193322, gamma: 0.000100468309719, phi: 0.979999926684 };
    const { criterion, last } = etsCriterion(AIR_PASSENGERS, 12, form, parameters, first);
    expect(criterion).toBeCloseTo(1359.16643247, 3);
    const means = new Float64Array(14);
    etsMeans({ form, parameters, last }, AIR_PASSENGERS.length, 12, 14, means);
    // R adds the covariance of level and season under relative errors to the mean; here it is below a thousandth
    expect(Math.abs(means[0]! / 441.801847278 - 1)).toBeLessThan(1e-3);
    expect(Math.abs(means[13]! / 450.633278829 - 1)).toBeLessThan(1e-3);
  });

  it('reaches the likelihood of R’s ets, which searches over first states too, or a better one', () => {
    // R forecast 8.20: ets(y, model = ..., damped = ...)$loglik
    const references: [Float64Array, number, string, number][] = [
      [NILE, 1, 'ANN', -726.390519999],
      [NILE, 1, 'MNN', -726.150957803],
      [LAKE_HURON, 1, 'ANN', -195.338867356],
      [LAKE_HURON, 1, 'MAN', -195.393409002],
      [WEEKLY_WAVE, 7, 'ANA', -660.790904158],
      [WEEKLY_WAVE, 7, 'AAdA', -659.302652394],
      [WEEKLY_WAVE, 7, 'MNM', -674.875372252],
      [US_ACCIDENTAL_DEATHS, 12, 'ANA', -555.072335013],
      [US_ACCIDENTAL_DEATHS, 12, 'MAdM', -552.062864625],
      [AIR_PASSENGERS, 12, 'MAdM', -679.583216237],
    ];
    for (const [y, m, name, logLikelihood] of references) {
      const fit = fitEts(y, m, formOf(name), 30);
      expect(fit.logLikelihood, name).toBeGreaterThan(logLikelihood - 1e-3 * Math.abs(logLikelihood));
    }
  });

  it('chooses R’s form on most series', () => {
    // R forecast 8.20: ets(y)$method is ETS(M,N,N), ETS(A,N,N), ETS(A,N,A), ETS(A,N,A)
    const references: [Float64Array, number, string][] = [
      [NILE, 1, 'MNN'],
      [LAKE_HURON, 1, 'ANN'],
      [WEEKLY_WAVE, 7, 'ANA'],
      [US_ACCIDENTAL_DEATHS, 12, 'ANA'],
    ];
    for (const [y, m, name] of references) {
      expect(fitBestEts(y, m, formsFor(m, true), 30)!.form, name).toEqual(formOf(name));
    }
  });

  it('forecasts a weekly wave as R does', () => {
    // R forecast 8.20: f <- ets(ts(y, frequency = 7), model = "ANA"); forecast(f, h = 7)$mean
    const fit = fitEts(WEEKLY_WAVE, 7, formOf('ANA'), 30);
    const means = new Float64Array(7);
    etsMeans(fit, WEEKLY_WAVE.length, 7, 7, means);
    [150.094, 158.202, 139.502, 111.086, 98.848, 104.699, 124.626].forEach((value, h) => {
      expect(Math.abs(means[h]! / value - 1)).toBeLessThan(0.02);
    });
  });

  it('agrees with the textbook recursion written as a plain loop, stepping over unknown values', () => {
    const y = Float64Array.from([12, 15, 9, Number.NaN, 14, 11, 13]);
    const form: EtsForm = { errors: 'additive', trend: 'damped', season: 'none' };
    const p = { alpha: 0.3, beta: 0.1, gamma: 0, phi: 0.9 };
    let [level, slope, squares, count] = [10, 1, 0, 0];
    for (const value of y) {
      const forecast = level + p.phi * slope;
      const error = Number.isNaN(value) ? 0 : value - forecast;
      if (!Number.isNaN(value)) count++;
      squares += error * error;
      level = forecast + p.alpha * error;
      slope = p.phi * slope + p.beta * error;
    }
    const { criterion, last } = etsCriterion(y, 1, form, p, { level: 10, slope: 1, season: Float64Array.of(0) });
    expect(criterion).toBeCloseTo(count * Math.log(squares), 10);
    expect(last.level).toBeCloseTo(level, 12);
    expect(last.slope).toBeCloseTo(slope, 12);
  });

  it('forecasts later origins from a refined fit close to a fresh one', () => {
    const panel = panelOf({ sales: [weeklySales(80, 400, 1)] });
    const both = new Float64Array(28);
    ets.forecastOrigins!(panel, [372, 386], 14, 0, both);
    const fresh = new Float64Array(14);
    ets.forecast(panel, 386, 14, 0, fresh);
    for (let h = 0; h < 14; h++) expect(both[14 + h]! / fresh[h]!).toBeCloseTo(1, 1);
  });
});
