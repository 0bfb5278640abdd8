import { createRandom } from '../../../../data/random.ts';
import type { GbdtColumn } from '../../../../models/forecast/gbdt/dataset.ts';
import type { GbdtOptions } from '../../../../models/forecast/gbdt/train.ts';

export const plain: GbdtOptions = {
  loss: 'squared',
  trees: 40,
  leaves: 15,
  learningRate: 0.2,
  minLeafRows: 10,
  seed: 1,
};

export const numeric = (name: string, values: Float32Array, monotone: -1 | 0 | 1 = 0): GbdtColumn => ({
  name,
  kind: 'numeric',
  values,
  monotone,
});

export const categorical = (name: string, values: Float32Array): GbdtColumn => ({ name, kind: 'categorical', values });

export const floats = (rows: number, value: (i: number) => number): Float32Array =>
  Float32Array.from({ length: rows }, (_, i) => value(i));

export const rmse = (a: Float32Array, b: Float32Array): number =>
  Math.sqrt(a.reduce((sum, x, i) => sum + (x - b[i]!) ** 2, 0) / a.length);

/** A rising column, a column with missing values and a category, and a target with noise of 0.5. */
export function sample(rows: number, seed = 3) {
  const random = createRandom(seed);
  const a = floats(rows, () => random.uniform());
  const b = floats(rows, () => (random.uniform() < 0.1 ? Number.NaN : random.uniform()));
  const shop = floats(rows, () => random.below(12));
  const effect = [3, -2, 0, 5, 1, -4, 2, 2, -1, 0, 4, -3];
  const mean = floats(
    rows,
    (i) => 6 + 4 * a[i]! + (Number.isNaN(b[i]!) ? 3 : b[i]! > 0.5 ? 2 : 0) + effect[shop[i]!]! / 2,
  );
  const target = floats(rows, (i) => Math.max(0, mean[i]! + 0.5 * random.normal()));
  return { data: { rows, columns: [numeric('a', a), numeric('b', b), categorical('shop', shop)] }, mean, target };
}
