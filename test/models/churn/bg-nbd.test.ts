import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../data/random.ts';
import {
  activeRate,
  expectedPurchases,
  fitBgNbd,
  probabilityAlive,
  probabilitySilent,
} from '../../../models/churn/bg-nbd.ts';
import { expectedValue, fitGammaGamma } from '../../../models/churn/gamma-gamma.ts';
import { realData } from '../../real-data.ts';

const cdnow = realData('cdnow');
const PUBLISHED = { r: 0.2426, alpha: 4.4136, a: 0.793, b: 2.4259, logLikelihood: -9582.4 };

function table(file: string): number[][] {
  const lines = readFileSync(join(cdnow!, file), 'utf8').trim().split(/\r?\n/).slice(1);
  return lines.map((line) => line.split(',').map(Number));
}

describe.skipIf(!cdnow)('on CDNOW', () => {
  test('BG/NBD gives the published parameters and likelihood', () => {
    const rows = table('cdnow_customers_summary.csv');
    const model = fitBgNbd({
      frequency: rows.map((row) => row[1]!),
      recency: rows.map((row) => row[2]!),
      age: rows.map((row) => row[3]!),
    })!;
    expect(model.r).toBeCloseTo(0.243, 3);
    expect(model.alpha).toBeCloseTo(4.414, 2);
    expect(model.a).toBeCloseTo(0.793, 2);
    expect(model.b).toBeCloseTo(2.426, 2);
    expect(model.logLikelihood).toBeCloseTo(-9582.4, 1);
  });

  test('the 39-week hold-out is forecast with the published error', () => {
    const rows = table('cdnow_customers_summary.csv');
    const bought = new Map<string, Set<string>>();
    for (const line of readFileSync(join(cdnow!, 'CDNOW_sample.txt'), 'utf8').trim().split(/\r?\n/)) {
      const [, id, date] = line.trim().split(/\s+/);
      if (date! > '19970930') bought.set(id!, (bought.get(id!) ?? new Set()).add(date!));
    }
    const actual = rows.map((row) => bought.get(String(row[0]).padStart(4, '0'))?.size ?? 0);
    const forecast = rows.map((row) => expectedPurchases(PUBLISHED, row[1]!, row[2]!, row[3]!, 39));
    const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    const [ma, mf] = [mean(actual), mean(forecast)];
    const covariance = mean(actual.map((value, i) => (value - ma) * (forecast[i]! - mf)));
    const deviation = (values: number[], m: number): number => Math.sqrt(mean(values.map((v) => (v - m) ** 2)));
    expect(mean(actual.map((value, i) => Math.abs(value - forecast[i]!)))).toBeCloseTo(0.785, 2);
    expect(covariance / deviation(actual, ma) / deviation(forecast, mf)).toBeCloseTo(0.626, 2);
    expect(mf / ma - 1).toBeCloseTo(-0.121, 2);
  });

  test('Gamma-Gamma gives the published parameters', () => {
    const rows = table('cdnow_customers_summary_with_transactions.csv');
    const model = fitGammaGamma(
      rows.map((row) => row[1]!),
      rows.map((row) => row[4]!),
    )!;
    expect(model.p).toBeCloseTo(6.25, 1);
    expect(model.q).toBeCloseTo(3.74, 1);
    expect(Math.abs(model.gamma - 15.44)).toBeLessThan(0.1);
  });
});

test('the worked example of the paper: 2 repeats, last at 30.43 of 38.86 weeks, gives 1.226 purchases in 39 weeks', () => {
  expect(expectedPurchases(PUBLISHED, 2, 30.43, 38.86, 39)).toBeCloseTo(1.226, 2);
});

test('expected purchases agree with a simulation of the model', () => {
  const model = { r: 0.9, alpha: 5, a: 0.8, b: 2.4, logLikelihood: 0 };
  const random = createRandom(3);
  // one customer of known rate and drop-out, mixed over the posterior by rejection on the same history
  const gamma = (shape: number): number => {
    if (shape < 1) return gamma(shape + 1) * random.uniform() ** (1 / shape);
    const d = shape - 1 / 3;
    for (;;) {
      const x = random.normal();
      const v = (1 + x / Math.sqrt(9 * d)) ** 3;
      if (v > 0 && Math.log(1 - random.uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
    }
  };
  let kept = 0;
  let alive = 0;
  let silent = 0;
  let later = 0;
  for (let trial = 0; trial < 400_000; trial++) {
    const rate = gamma(model.r) / model.alpha;
    const [u, w] = [gamma(model.a), gamma(model.b)];
    const leave = u / (u + w);
    const times: number[] = [];
    let at = 0;
    for (;;) {
      at += -Math.log(1 - random.uniform()) / rate;
      if (at > 20) break;
      times.push(at);
      if (random.uniform() < leave) break;
    }
    const before = times.filter((time) => time <= 10);
    if (before.length !== 1 || before[0]! < 4 || before[0]! > 6) continue;
    kept++;
    if (times.length > 1 || at > 20) alive++;
    later += times.length - 1;
    if (times.length === 1) silent++;
  }
  expect(alive / kept).toBeCloseTo(probabilityAlive(model, 1, 5, 10), 1);
  expect(later / kept).toBeCloseTo(expectedPurchases(model, 1, 5, 10, 10), 1);
  const p = probabilityAlive(model, 1, 5, 10);
  expect(silent / kept).toBeCloseTo(1 - p * (1 - probabilitySilent(model, 1, 10, 10)), 1);
});

test('probabilities stay within 0 and 1, and expectations between 0 and the rate of an active customer', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 2000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 1, max: 5000, noNaN: true }),
      fc.double({ min: 0.1, max: 2000, noNaN: true }),
      fc.double({ min: 0.05, max: 5, noNaN: true }),
      fc.double({ min: 0.05, max: 50, noNaN: true }),
      (frequency, share, age, time, a, b) => {
        const model = { r: 0.5, alpha: 20, a, b, logLikelihood: 0 };
        const recency = frequency > 0 ? share * age : 0;
        const alive = probabilityAlive(model, frequency, recency, age);
        const expected = expectedPurchases(model, frequency, recency, age, time);
        expect(alive).toBeGreaterThanOrEqual(0);
        expect(alive).toBeLessThanOrEqual(1);
        expect(expected).toBeGreaterThanOrEqual(0);
        expect(expected).toBeLessThanOrEqual(alive * activeRate(model, frequency, age) * time * (1 + 1e-6) + 1e-9);
      },
    ),
  );
});

test('there is no model without repeat purchases, with too few customers, or with nobody', () => {
  const none = { frequency: new Array(50).fill(0), recency: new Array(50).fill(0), age: new Array(50).fill(9) };
  expect(fitBgNbd(none)).toBeUndefined();
  expect(fitBgNbd({ frequency: [3], recency: [4], age: [5] })).toBeUndefined();
  expect(fitBgNbd({ frequency: [], recency: [], age: [] })).toBeUndefined();
  expect(fitGammaGamma([1, 2], [3, 4])).toBeUndefined();
});

test('customers who are all alike still give finite parameters', () => {
  const alike = { frequency: new Array(50).fill(4), recency: new Array(50).fill(80), age: new Array(50).fill(100) };
  const model = fitBgNbd(alike)!;
  for (const value of [model.r, model.alpha, model.a, model.b]) expect(Number.isFinite(value)).toBe(true);
  expect(expectedPurchases(model, 4, 80, 100, 100)).toBeGreaterThan(0.5);
});

test('expected spend lies between the own mean and the mean of all', () => {
  const model = { p: 6.25, q: 3.74, gamma: 15.44 };
  const all = expectedValue(model, 0, 0);
  expect(all).toBeCloseTo((6.25 * 15.44) / 2.74, 10);
  expect(expectedValue(model, 1, 100)).toBeGreaterThan(all);
  expect(expectedValue(model, 1, 100)).toBeLessThan(100);
  expect(expectedValue(model, 1000, 100)).toBeCloseTo(100, 0);
});
