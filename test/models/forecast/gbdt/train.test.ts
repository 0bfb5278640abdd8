import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../data/random.ts';
import type { GbdtColumn } from '../../../../models/forecast/gbdt/dataset.ts';
import { gainImportance } from '../../../../models/forecast/gbdt/model.ts';
import { saveGbdt } from '../../../../models/forecast/gbdt/model-file.ts';
import { predictGbdt, predictRaw } from '../../../../models/forecast/gbdt/predict.ts';
import { trainGbdt, trainGbdtModels } from '../../../../models/forecast/gbdt/train.ts';
import { categorical, floats, numeric, plain, rmse, sample } from './sample.ts';

describe('boosted trees', () => {
  it('find thresholds, missing values and categories', () => {
    const { data, target, mean } = sample(5000);
    for (const loss of ['squared', 'absolute', 'poisson', 'tweedie', 'quantile'] as const) {
      const model = trainGbdt(data, target, undefined, { ...plain, loss });
      expect(rmse(predictGbdt(model, data), mean), loss).toBeLessThan(0.3);
    }
  });

  it('make the split that trying every threshold makes', () => {
    const random = createRandom(8);
    for (let round = 0; round < 20; round++) {
      const x = [0, 1, 2].map(() => floats(200, () => random.below(30)));
      const y = floats(200, (i) => random.normal() + (x[round % 3]![i]! > 11 ? 1 : 0));
      const mean = y.reduce((sum, v) => sum + v, 0) / 200;
      let best = { gain: 0, column: -1, at: 0 };
      x.forEach((values, column) => {
        for (let at = 0; at < 30; at++) {
          const left = [...y].filter((_, i) => values[i]! <= at).map((v) => v - mean);
          const right = [...y].filter((_, i) => values[i]! > at).map((v) => v - mean);
          const score = (part: number[]) => part.reduce((sum, v) => sum + v, 0) ** 2 / (part.length + 2);
          if (left.length < 10 || right.length < 10) continue;
          const gain = score(left) + score(right);
          if (gain > best.gain) best = { gain, column, at };
        }
      });
      const data = { rows: 200, columns: x.map((values, c) => numeric(`x${c}`, values)) };
      const options = { ...plain, trees: 1, leaves: 2, learningRate: 1, lambda: 2 };
      const model = trainGbdt(data, y, undefined, options);
      const tree = model.trees[0]!;
      const edge = model.features[tree.column[0]!]!.edges[tree.limit[0]! - 1]!;
      expect(tree.column[0]).toBe(best.column);
      expect(Math.floor(edge)).toBe(best.at);
      expect(tree.gain[0]).toBeCloseTo(best.gain, 3);
    }
  });

  it('count a row of weight 2 as two rows', () => {
    const { data: fine, target } = sample(600);
    const coarse = ({ name, values }: GbdtColumn) =>
      numeric(
        name,
        values.map((v) => Math.round(v * 20) / 20),
      );
    const data = { rows: 600, columns: fine.columns.slice(0, 2).map(coarse) };
    const repeat = (values: Float32Array) => floats(900, (i) => values[i < 600 ? i : i - 600]!);
    const twice = { rows: 900, columns: data.columns.map((c) => ({ ...c, values: repeat(c.values) })) };
    const weight = floats(600, (i) => (i < 300 ? 2 : 1));
    const options = { ...plain, trees: 5, leaves: 4, minLeafRows: 1, minLeafHessian: 30 };
    const weighted = predictGbdt(trainGbdt(data, target, weight, options), data);
    const repeated = predictGbdt(trainGbdt(twice, repeat(target), undefined, options), data);
    expect(rmse(weighted, repeated)).toBeLessThan(1e-4);
    const ignored = floats(600, (i) => (i < 300 ? 0 : 1));
    const wild = target.map((y, i) => (i < 300 ? 1000 : y));
    expect(predictGbdt(trainGbdt(data, wild, ignored, options), data).every((p) => p < 30)).toBe(true);
  });

  it('never fall along a rising column and never rise along a falling one', () => {
    const losses = ['squared', 'poisson', 'tweedie', 'quantile', 'absolute'] as const;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), fc.constantFrom(...losses), (seed, loss) => {
        const random = createRandom(seed);
        const x = [0, 1, 2].map(() => floats(400, () => random.uniform()));
        const y = floats(400, (i) =>
          Math.max(0, 3 + Math.sin(9 * x[0]![i]!) + x[1]![i]! * x[2]![i]! + random.normal()),
        );
        const data = { rows: 400, columns: [numeric('up', x[0]!, 1), numeric('down', x[1]!, -1), numeric('z', x[2]!)] };
        const model = trainGbdt(data, y, undefined, { ...plain, loss, trees: 25, quantile: 0.8 });
        const z = random.uniform();
        const other = random.uniform();
        const steps = floats(60, (i) => i / 59);
        const still = floats(60, () => other);
        const along = (up: Float32Array, down: Float32Array) =>
          predictGbdt(model, {
            rows: 60,
            columns: [
              numeric('up', up),
              numeric('down', down),
              numeric(
                'z',
                floats(60, () => z),
              ),
            ],
          });
        const rising = along(steps, still);
        const falling = along(still, steps);
        let worst = 0;
        for (let i = 1; i < 60; i++)
          worst = Math.max(worst, rising[i - 1]! - rising[i]!, falling[i]! - falling[i - 1]!);
        expect(worst).toBeLessThan(1e-5);
      }),
      { numRuns: 25, seed: 5 },
    );
  });

  it('stop early at the best tree and learn nothing from the validation rows', () => {
    const { data, target, mean } = sample(3000);
    const validationRows = Uint32Array.from({ length: 1000 }, (_, i) => i * 3);
    const options = { ...plain, trees: 2000, earlyStop: { rounds: 10, validationRows } };
    const model = trainGbdt(data, target, undefined, options);
    expect(model.trees.length).toBeLessThan(300);
    expect(model.validationLoss.indexOf(Math.min(...model.validationLoss)) + 1).toBe(model.trees.length);
    const predicted = predictGbdt(model, data);
    const loss = validationRows.reduce((sum, row) => sum + (predicted[row]! - target[row]!) ** 2, 0) / 1000;
    expect(loss).toBeCloseTo(model.validationLoss[model.trees.length - 1]!, 4);
    expect(rmse(predicted, mean)).toBeLessThan(0.3);
    const wild = target.map((y, i) => (i % 3 === 0 ? 1e6 : y));
    const capped = { ...plain, earlyStop: { rounds: 1000, validationRows } };
    expect(Math.max(...predictGbdt(trainGbdt(data, wild, undefined, capped), data))).toBeLessThan(30);
  });

  it('give the same model for the same seed, and tell each tree', () => {
    const { data, target } = sample(2000);
    const options = { ...plain, rowShare: 0.7, columnShare: 0.7, baggingEvery: 3, trees: 10 };
    const done: number[] = [];
    const model = trainGbdt(data, target, undefined, options, (tree) => done.push(tree));
    const bytes = Buffer.from(saveGbdt(model));
    expect(bytes.equals(saveGbdt(trainGbdt(data, target, undefined, options)))).toBe(true);
    expect(bytes.equals(saveGbdt(trainGbdt(data, target, undefined, { ...options, seed: 2 })))).toBe(false);
    expect(done).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('keep scores of rows outside the bag as the trees give them', () => {
    const { data, target, mean } = sample(3000);
    const model = trainGbdt(data, target, undefined, { ...plain, rowShare: 0.5, columnShare: 0.7, trees: 60 });
    expect(rmse(predictGbdt(model, data), mean)).toBeLessThan(0.35);
  });

  it('of several targets over the same rows are as trained one by one, and come with their scores of the rows', () => {
    const { data, target } = sample(2000);
    const doubled = target.map((y) => 2 * y + 1);
    const validationRows = Uint32Array.from({ length: 300 }, (_, i) => i * 5);
    const trainings = [
      { target, options: { ...plain, rowShare: 0.6, columnShare: 0.7 } },
      { target: doubled, weight: target.map((_, i) => 1 + (i % 3)), options: { ...plain, loss: 'quantile' as const } },
      { target, options: { ...plain, trees: 400, earlyStop: { rounds: 5, validationRows } } },
    ];
    const done: number[] = [];
    const together = trainGbdtModels(data, trainings, (trees) => done.push(trees));
    expect(together[2]!.model.trees.length).toBeLessThan(400);
    for (const [i, { model, fitted }] of together.entries()) {
      const { target: own, weight, options } = { weight: undefined, ...trainings[i]! };
      const alone = trainGbdt(data, own, weight, options);
      // one that holds rows out alone does not see them when it learns its bins
      if (i < 2) expect(Buffer.from(saveGbdt(model)).equals(saveGbdt(alone)), `model ${i}`).toBe(true);
      expect(fitted).toEqual(predictRaw(model, data));
    }
    expect(done).toEqual([...done].sort((a, b) => a - b));
    expect(done.slice(0, 2 * plain.trees)).toEqual(Array.from({ length: 2 * plain.trees }, (_, i) => i + 1));
    expect(trainGbdtModels(data, [])).toEqual([]);
  });

  it('leave columns of one value out', () => {
    const { data, target } = sample(500);
    const flat = { name: 'flat', kind: 'numeric' as const, values: new Float32Array(500).fill(3) };
    const missing = { name: 'missing', kind: 'numeric' as const, values: new Float32Array(500).fill(Number.NaN) };
    const wider = { rows: 500, columns: [flat, ...data.columns, missing] };
    const model = trainGbdt(wider, target, undefined, plain);
    expect(Buffer.from(saveGbdt(model)).equals(saveGbdt(trainGbdt(data, target, undefined, plain)))).toBe(true);
    const none = trainGbdt({ rows: 500, columns: [flat, missing] }, target, undefined, plain);
    expect([none.features, none.trees]).toEqual([[], []]);
  });

  it('may predict while another model is trained', () => {
    const { data, target } = sample(500);
    const first = trainGbdt(data, target, undefined, { ...plain, trees: 5 });
    const alone = trainGbdt(data, target, undefined, plain);
    const big = {
      rows: 5000,
      columns: data.columns.map((c) => ({ ...c, values: floats(5000, (i) => c.values[i % 500]!) })),
    };
    const disturbed = trainGbdt(data, target, undefined, plain, () => predictGbdt(first, big));
    expect(Buffer.from(saveGbdt(disturbed)).equals(saveGbdt(alone))).toBe(true);
  });

  it('rank features by gain', () => {
    const { data, target } = sample(2000);
    const noise = createRandom(1);
    data.columns.push(
      numeric(
        'noise',
        floats(2000, () => noise.normal()),
      ),
    );
    const gains = gainImportance(trainGbdt(data, target, undefined, plain));
    expect(gains.map(({ name }) => name)).toEqual(['a', 'b', 'shop', 'noise']);
    expect(gains[3]!.gain).toBeLessThan(0.05 * Math.min(gains[0]!.gain, gains[1]!.gain, gains[2]!.gain));
  });

  it('tell a thousand categories apart, also with few bins', () => {
    const random = createRandom(6);
    for (const levels of [200, 1000]) {
      const effects = floats(levels, () => 3 * random.normal());
      const shop = floats(20000, () => random.below(levels));
      const mean = shop.map((s) => effects[s]!);
      const target = mean.map((m) => m + random.normal());
      const data = { rows: 20000, columns: [categorical('shop', shop)] };
      expect(rmse(predictGbdt(trainGbdt(data, target, undefined, { ...plain, bins: 16 }), data), mean)).toBeLessThan(
        0.5,
      );
    }
  });

  it('send categories that were not seen with the missing', () => {
    const { data, target } = sample(1000);
    const model = trainGbdt(data, target, undefined, plain);
    const at = (shop: number) =>
      predictGbdt(model, {
        rows: 1,
        columns: [
          numeric('a', Float32Array.of(0.5)),
          numeric('b', Float32Array.of(0.5)),
          categorical('shop', Float32Array.of(shop)),
        ],
      })[0];
    for (const odd of [99, -1, 1.5, 1e9, Number.POSITIVE_INFINITY]) expect(at(odd)).toBe(at(Number.NaN));
    expect(at(3)).not.toBe(at(5));
  });
});
