import { describe, expect, it } from 'vitest';
import { predictGbdt } from '../../../../models/forecast/gbdt/predict.ts';
import { type GbdtOptions, trainGbdt } from '../../../../models/forecast/gbdt/train.ts';
import { categorical, floats, numeric, plain } from './sample.ts';

const losses = ['squared', 'absolute', 'poisson', 'tweedie', 'quantile'] as const;

function predictions(x: Float32Array, y: Float32Array, options: Partial<GbdtOptions> = {}, weight?: Float32Array) {
  const data = { rows: x.length, columns: [numeric('x', x), categorical('c', x.map(Math.abs))] };
  return predictGbdt(trainGbdt(data, y, weight, { ...plain, trees: 10, minLeafRows: 1, ...options }), data);
}

describe.each(losses)('boosted trees with %s loss', (loss) => {
  it('take nothing, one row and one value', () => {
    expect(predictions(new Float32Array(0), new Float32Array(0), { loss })).toHaveLength(0);
    expect(predictions(Float32Array.of(1), Float32Array.of(5), { loss })[0]).toBeCloseTo(5, 4);
    for (const p of predictions(new Float32Array(9).fill(2), new Float32Array(9).fill(7), { loss }))
      expect(p).toBeCloseTo(7, 4);
  });

  it('give zero for all zeros', () => {
    for (const p of predictions(
      floats(50, (i) => i),
      new Float32Array(50),
      { loss },
    )) {
      expect(p).toBeGreaterThanOrEqual(0);
      expect(p).toBeLessThan(1e-6);
    }
  });

  it('stay finite with huge, tiny, infinite and missing values', () => {
    const odd = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 3e38, -3e38, 1e-40, 0, -0, 5];
    const x = floats(90, (i) => odd[i % 9]!);
    for (const size of [1e-30, 1e-3, 1, 1e12, 1e30])
      for (const p of predictions(
        x,
        floats(90, (i) => size * (i % 9)),
        { loss },
      )) {
        expect(Number.isFinite(p)).toBe(true);
        expect(p).toBeGreaterThan(-size * 10);
      }
    expect(
      predictions(
        new Float32Array(20).fill(Number.NaN),
        floats(20, (i) => i),
        { loss },
      ),
    ).toHaveLength(20);
  });

  it('take weights of zero', () => {
    for (const p of predictions(
      floats(20, (i) => i),
      floats(20, (i) => i),
      { loss },
      new Float32Array(20),
    ))
      expect(Number.isFinite(p)).toBe(true);
  });
});

describe('boosted trees', () => {
  it('follow 2 bins, 255 bins and one leaf', () => {
    const x = floats(2000, (i) => i);
    const y = floats(2000, (i) => (i < 1000 ? 0 : 10));
    expect(predictions(x, y, { bins: 2, trees: 60 })[1999]).toBeCloseTo(10, 1);
    expect(predictions(x, y, { trees: 60 })[0]).toBeCloseTo(0, 1);
    expect(predictions(x, y, { leaves: 1 })[0]).toBe(5);
  });

  it('refuse what cannot be trained on, by name', () => {
    const x = Float32Array.of(1, 2);
    const data = { rows: 2, columns: [numeric('x', x)] };
    const train = (y: Float32Array, options: Partial<GbdtOptions> = {}, weight?: Float32Array) =>
      trainGbdt(data, y, weight, { ...plain, ...options });
    expect(() => train(Float32Array.of(1))).toThrow(expect.objectContaining({ code: 'GBDT_DATA_INVALID' }));
    expect(() => train(Float32Array.of(1, Number.NaN))).toThrow('target is NaN in row 1');
    expect(() => train(Float32Array.of(1, -1), { loss: 'poisson' })).toThrow('target is -1 in row 1');
    expect(() => train(x, {}, Float32Array.of(1, -1))).toThrow('weight is -1 in row 1');
    expect(() => train(x, { bins: 256 })).toThrow(expect.objectContaining({ code: 'GBDT_OPTION_INVALID' }));
    expect(() => train(x, { rowShare: 0 })).toThrow('rowShare is 0');
    const held = (...rows: number[]) => train(x, { earlyStop: { rounds: 1, validationRows: Uint32Array.from(rows) } });
    expect(() => held(2)).toThrow('has row 2 of 2');
    expect(() => held(1, 1)).toThrow('has row 1 twice');
    expect(held(0, 1).trees).toHaveLength(0);
    const double = { rows: 2, columns: [numeric('x', x), numeric('x', x)] };
    expect(() => trainGbdt(double, x, undefined, plain)).toThrow('given twice');
    const model = train(x);
    expect(() => predictGbdt(model, { rows: 2, columns: [numeric('z', x)] })).toThrow(
      expect.objectContaining({ code: 'GBDT_COLUMN_MISSING' }),
    );
  });
});
