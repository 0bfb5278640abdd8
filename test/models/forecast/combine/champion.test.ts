import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../data/random.ts';
import { combineModels } from '../../../../models/forecast/combine/combine-models.ts';
import { championMeans, type ModelForecast } from '../../../../models/forecast/combine/selection.ts';

const [NODES, CUTOFFS, HORIZON] = [40, 4, 14];
const ORIGINS = CUTOFFS + 1;
const random = createRandom(11);
const truth = Float32Array.from({ length: NODES * ORIGINS * HORIZON }, () => 50 + 10 * random.normal());
const actual = new Float32Array(NODES * CUTOFFS * HORIZON);
for (let s = 0; s < NODES; s++) {
  const from = s * ORIGINS * HORIZON;
  actual.set(truth.subarray(from, from + CUTOFFS * HORIZON), s * CUTOFFS * HORIZON);
}

/** The truth with noise of a size that may depend on the series; models of one `source` err alike. */
const model = (name: string, noise: (series: number) => number, source = 'shared'): ModelForecast => {
  const own = random.fork(source);
  return {
    name,
    mean: truth.map((value, i) => value + noise(Math.floor(i / (ORIGINS * HORIZON))) * own.normal()),
  };
};
const segments = new Int32Array(NODES);

describe('choosing champions', () => {
  it('publishes the model that was best in backtest, alone or with nearly all the weight', () => {
    const models = [model('baseline', () => 12), model('good', () => 3), model('bad', () => 30)];
    const { champion, weights } = combineModels(models, actual, segments, CUTOFFS, 0);
    expect([...champion].every((m) => m === 1 || m === 3)).toBe(true);
    for (let s = 0; s < NODES; s++) expect(weights[3 * s + 1]).toBeGreaterThan(0.8);
  });

  it('publishes the baseline where nothing beats it', () => {
    const models = [model('baseline', () => 5), model('a', () => 9), model('b', () => 7)];
    expect(new Set(combineModels(models, actual, segments, CUTOFFS, 0).champion)).toEqual(new Set([0]));
  });

  it('lets a series differ from its segment when its own backtests are clear', () => {
    const models = [
      model('baseline', () => 12),
      model('usual', (s) => (s === 0 ? 60 : 8)),
      model('other', (s) => (s === 0 ? 2 : 9)),
    ];
    const { weights } = combineModels(models, actual, segments, CUTOFFS, 0);
    expect(weights[2]).toBeGreaterThan(0.6);
    for (let s = 1; s < NODES; s++) expect(weights[3 * s + 1]).toBeGreaterThan(weights[1]!);
  });

  it('judges each cutoff by a choice that it took no part in', () => {
    const models = [model('baseline', () => 10), model('lucky', () => 11)];
    const lucky = models[1]!.mean;
    for (let s = 0; s < NODES; s++) {
      const from = (s * ORIGINS + 2) * HORIZON;
      lucky.set(truth.subarray(from, from + HORIZON), from);
    }
    const selection = combineModels(models, actual, segments, CUTOFFS, 0);
    expect(new Set(selection.champion)).toEqual(new Set([1]));
    expect(selection.championWithout[2]!.filter((m) => m === 1).length).toBeLessThan(NODES);
    const published = championMeans(selection, HORIZON);
    expect(published.subarray(4 * HORIZON, 5 * HORIZON)).toEqual(lucky.subarray(4 * HORIZON, 5 * HORIZON));
  });

  it('takes unknown actuals for nothing known, and no series for no work', () => {
    const models = [model('baseline', () => 10), model('good', () => 1)];
    const unknown = new Float32Array(actual.length).fill(Number.NaN);
    expect(new Set(combineModels(models, unknown, segments, CUTOFFS, 0).champion)).toEqual(new Set([0]));
    const none = [{ name: 'baseline', mean: new Float32Array(0) }];
    expect(combineModels(none, new Float32Array(0), new Int32Array(0), CUTOFFS, 0).champion.length).toBe(0);
  });
});
