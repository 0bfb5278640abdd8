import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../data/random.ts';
import { predictGbdt } from '../../../../models/forecast/gbdt/predict.ts';
import { type GbdtOptions, trainGbdt } from '../../../../models/forecast/gbdt/train.ts';

const plain: GbdtOptions = { loss: 'squared', trees: 40, leaves: 15, learningRate: 0.2, minLeafRows: 10, seed: 1 };

function sample(rows: number, seed = 3) {
  const random = createRandom(seed);
  const column = (value: (i: number) => number) => Float32Array.from({ length: rows }, (_, i) => value(i));
  const a = column(() => random.uniform());
  const b = column(() => (random.uniform() < 0.1 ? Number.NaN : random.uniform()));
  const shop = column(() => random.below(12));
  const effect = [3, -2, 0, 5, 1, -4, 2, 2, -1, 0, 4, -3];
  const mean = column((i) => 6 + 4 * a[i]! + (Number.isNaN(b[i]!) ? 3 : b[i]! > 0.5 ? 2 : 0) + effect[shop[i]!]! / 2);
  return {
    data: {
      rows,
      columns: [
        { name: 'a', kind: 'numeric' as const, values: a },
        { name: 'b', kind: 'numeric' as const, values: b },
        { name: 'shop', kind: 'categorical' as const, values: shop },
      ],
    },
    mean,
    target: column((i) => Math.max(0, mean[i]! + 0.5 * random.normal())),
  };
}

const rmse = (a: Float32Array, b: Float32Array) =>
  Math.sqrt(a.reduce((sum, x, i) => sum + (x - b[i]!) ** 2, 0) / a.length);

describe('boosted trees', () => {
  it('find thresholds, missing values and categories', () => {
    const { data, target, mean } = sample(5000);
    for (const loss of ['squared', 'absolute', 'poisson', 'tweedie', 'quantile'] as const) {
      const model = trainGbdt(data, target, undefined, { ...plain, loss });
      expect(rmse(predictGbdt(model, data), mean), loss).toBeLessThan(0.3);
    }
  });

  it('give the same model for the same seed', () => {
    const { data, target } = sample(2000);
    const options = { ...plain, rowShare: 0.7, columnShare: 0.7 };
    expect(trainGbdt(data, target, undefined, options)).toEqual(trainGbdt(data, target, undefined, options));
  });
});
