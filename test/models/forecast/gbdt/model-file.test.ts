import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LeadtimeError } from '../../../../errors.ts';
import { contributions } from '../../../../models/forecast/gbdt/contributions.ts';
import { loadGbdt, saveGbdt } from '../../../../models/forecast/gbdt/model-file.ts';
import { predictGbdt, predictRaw } from '../../../../models/forecast/gbdt/predict.ts';
import { trainGbdt } from '../../../../models/forecast/gbdt/train.ts';
import { plain, rmse, sample } from './sample.ts';

const { data, target } = sample(800);
const validationRows = Uint32Array.of(1, 2, 3, 500);
const model = trainGbdt(data, target, undefined, {
  ...plain,
  loss: 'poisson',
  earlyStop: { rounds: 9, validationRows },
});

describe('a saved model of boosted trees', () => {
  it('is the model again after loading', () => {
    const bytes = saveGbdt(model);
    const again = loadGbdt(bytes, ['a', 'b', 'shop']);
    expect(again.trees[3]).toEqual(model.trees[3]);
    expect(again.features.map(({ name }) => name)).toEqual(['a', 'b', 'shop']);
    expect(Buffer.from(saveGbdt(again)).equals(bytes)).toBe(true);
    expect(rmse(predictGbdt(again, data), predictGbdt(model, data))).toBe(0);
    const none = trainGbdt({ rows: 0, columns: [] }, new Float32Array(0), undefined, plain);
    expect(loadGbdt(saveGbdt(none))).toEqual(none);
  });

  it('is refused with any byte changed or cut off', () => {
    const bytes = saveGbdt(model);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const damaged = bytes.slice();
        damaged[at]! ^= change;
        expect(() => loadGbdt(damaged)).toThrow(LeadtimeError);
        expect(() => loadGbdt(bytes.slice(0, at))).toThrow(LeadtimeError);
      }),
      { numRuns: 200, seed: 3 },
    );
  });

  it('is refused for what is wrong with it', () => {
    const bytes = saveGbdt(model);
    const code = (expected: string) => expect.objectContaining({ code: expected });
    expect(() => loadGbdt(new Uint8Array(0))).toThrow(code('GBDT_MODEL_FOREIGN'));
    expect(() => loadGbdt(new TextEncoder().encode('{"model": "other"}'.repeat(9)))).toThrow(
      code('GBDT_MODEL_FOREIGN'),
    );
    expect(() => loadGbdt(bytes, ['a', 'shop', 'b'])).toThrow(code('GBDT_MODEL_FEATURES'));
    const newer = bytes.slice();
    newer[6] = 2;
    expect(() => loadGbdt(newer)).toThrow(code('GBDT_MODEL_VERSION'));
    const broken = bytes.slice();
    broken[bytes.length - 1]! ^= 1;
    expect(() => loadGbdt(broken)).toThrow(code('GBDT_MODEL_DAMAGED'));
  });
});

describe('contributions', () => {
  it('sum to the raw score', () => {
    for (const loss of ['squared', 'poisson', 'quantile'] as const) {
      const trained = trainGbdt(data, target, undefined, { ...plain, loss });
      const { base, values } = contributions(trained, data);
      const raw = predictRaw(trained, data);
      const sums = raw.map((_, i) => base + values[i * 3]! + values[i * 3 + 1]! + values[i * 3 + 2]!);
      expect(rmse(sums, raw)).toBeLessThan(1e-5);
    }
  });

  it('go to the features that matter', () => {
    const trained = trainGbdt(data, target, undefined, plain);
    const { values } = contributions(trained, data);
    const a = data.columns[0]!.values;
    let low = 0;
    let high = 0;
    for (let i = 0; i < data.rows; i++) {
      if (a[i]! < 0.1) low = Math.max(low, values[i * 3]!);
      if (a[i]! > 0.9) high = Math.min(high, values[i * 3]!);
    }
    expect(low).toBe(0);
    expect(high).toBe(0);
  });
});
