import { describe, expect, it } from 'vitest';
import { predictGbdt } from '../../../../models/forecast/gbdt/predict.ts';
import { type GbdtOptions, trainGbdt } from '../../../../models/forecast/gbdt/train.ts';
import { categorical, floats, numeric } from './sample.ts';

// The reference: LightGBM 4.7.0, with i = numpy.arange(600) and the columns below,
//   d = lightgbm.Dataset(X, y, categorical_feature=[2], params=dict(min_data_in_bin=1))
//   m = lightgbm.train(dict(objective=..., num_leaves=8, learning_rate=.2, min_data_in_leaf=20, lambda_l2=1), d, TREES)
//   m.predict(X)[[0, 1, 2, 3, 50, 99, 250, 599]]
const rows = 600;
const a = floats(rows, (i) => (i * 7) % 41);
const b = floats(rows, (i) => (i % 9 === 0 ? Number.NaN : (i * i + 3 * i) % 37));
const c = floats(rows, (i) => (i * i * i) % 11);
const effect = [2, -1, 0, 3, 1, -2, 4, 0, -1, 2, 1];
const step = (value: number): number => (Number.isNaN(value) ? 4 : value > 15 ? 3 : 0);
const target = floats(rows, (i) =>
  Math.max(0, Math.round(1000 * (0.2 * a[i]! + step(b[i]!) + effect[c[i]!]! + ((i * 13) % 7) / 3)) / 1000),
);
const data = { rows, columns: [numeric('a', a), numeric('b', b), categorical('c', c)] };
const options = { leaves: 8, learningRate: 0.2, minLeafRows: 20, lambda: 1, seed: 1 };
const forecast = (chosen: Pick<GbdtOptions, 'loss' | 'trees' | 'tweediePower' | 'quantile'>): Float32Array =>
  predictGbdt(trainGbdt(data, target, undefined, { ...options, ...chosen }), data);

describe('boosted trees beside LightGBM', () => {
  it.each([
    ['squared', 20, [6.8903, 1.6996, 2.887, 6.5138, 8.6559, 13.6828, 12.7671, 7.5012]],
    ['poisson', 5, [7.5756, 5.5132, 5.6749, 8.1808, 8.1808, 9.6531, 9.3991, 7.2652]],
    ['tweedie', 5, [7.3945, 3.4823, 4.3201, 8.0543, 8.3672, 10.8128, 10.0757, 7.0563]],
    ['quantile', 5, [8.8243, 8.1977, 8.1292, 9.2065, 9.1743, 12.7036, 12.6548, 8.5975]],
    ['absolute', 20, [6.4375, 2.029, 3.3726, 6.5856, 8.421, 13.0746, 12.2889, 7.1544]],
  ] as const)('predict the same with %s loss', (loss, trees, expected) => {
    const predicted = forecast({ loss, trees, tweediePower: 1.3, quantile: 0.8 });
    [0, 1, 2, 3, 50, 99, 250, 599].forEach((row, k) => {
      expect(predicted[row]! / expected[k]!).toBeCloseTo(1, 3);
    });
  });

  // Equal gains are frequent where gradients take two values, so that later trees differ; the loss does not.
  it('reach the same pinball loss', () => {
    const predicted = forecast({ loss: 'quantile', trees: 20, quantile: 0.8 });
    const pinball = predicted.reduce((sum, p, i) => {
      const over = target[i]! - p;
      return sum + Math.max(0.8 * over, -0.2 * over) / rows;
    }, 0);
    expect(pinball).toBeLessThan(1.02 * 0.25547);
  });

  // The same with y + 3 sin(a), the first two columns and monotone_constraints=[1, -1].
  it('predict the same with monotone columns', () => {
    const monotone = { rows, columns: [numeric('a', a, 1), numeric('b', b, -1)] };
    const wavy = target.map((y, i) => y + 3 * Math.sin(a[i]!));
    const model = trainGbdt(monotone, wavy, undefined, { ...options, loss: 'squared', trees: 20 });
    const predicted = predictGbdt(model, monotone);
    const expected = [5.0051, 5.5338, 6.6073, 7.9023, 7.9023, 11.231, 9.0722, 5.5338];
    [0, 1, 2, 3, 50, 99, 250, 599].forEach((row, k) => {
      expect(predicted[row]).toBeCloseTo(expected[k]!, 2);
    });
  });
});
