import { describe, expect, it } from 'vitest';
import { LeadtimeError } from '../../../../errors.ts';
import { featuresOf } from '../../../../models/forecast/features/registry.ts';
import { createTimeline } from '../../../../models/forecast/features/timeline.ts';
import { forecastLstm, trainLstm } from '../../../../models/forecast/lstm/forecast-lstm.ts';
import { decodeModel, encodeModel } from '../../../../models/forecast/lstm/model-file.ts';
import { blocksOf } from '../../../../models/forecast/lstm/network-shape.ts';
import type { Panel } from '../../../../models/panel.ts';
import { syntheticPanel } from '../../../synthetic-panel.ts';

const HORIZON = 14;
const budget = { windows: 256, epochs: 1, members: 2 };
const panel = syntheticPanel(4, 300, HORIZON);
const bytes = await trainLstm(panel, { cutoff: 280, horizon: HORIZON, seed: 5, budget });

async function codeOf(action: () => unknown): Promise<string> {
  try {
    await action();
  } catch (error) {
    if (error instanceof LeadtimeError) return error.code;
    throw error;
  }
  return 'none';
}

describe('a trained LSTM as bytes', () => {
  it('forecasts as the network that was trained in place, and is written the same way each time', async () => {
    const request = { origins: [280, 290], horizon: HORIZON, seed: 5, budget };
    const [kept, fresh] = [await forecastLstm(panel, { ...request, model: bytes }), await forecastLstm(panel, request)];
    expect(kept).toEqual(fresh);
    expect(encodeModel(decodeModel(bytes))).toEqual(bytes);
  });

  it('names what it reads: with the rest every numeric feature of the registry, and how each is scaled', () => {
    const { features, scaling } = decodeModel(bytes);
    const numeric = featuresOf(createTimeline(panel)).filter(({ kind }) => kind === 'numeric');
    const named = (scope: string): string[] =>
      numeric.filter((feature) => feature.scope === scope).map(({ name }) => name);
    expect(features.fixed.slice(-scaling.fixed.mean.length)).toEqual(named('origin'));
    expect(features.ahead.slice(-scaling.ahead.mean.length)).toEqual(named('target'));
    expect(numeric.length).toBeGreaterThan(40);
    const spreads = [...scaling.fixed.spread, ...scaling.ahead.spread];
    expect(spreads).toHaveLength(numeric.length);
    expect(spreads.every((spread) => Number.isFinite(spread) && spread >= 0)).toBe(true);
    expect(spreads.filter((spread) => spread > 0).length).toBeGreaterThan(numeric.length / 2);
  });

  it('is refused when a byte is changed anywhere, when it is cut, and when it is something else', async () => {
    for (let at = 14; at < bytes.length; at += 997) {
      const damaged = bytes.slice();
      damaged[at]! ^= 1;
      expect(await codeOf(() => decodeModel(damaged))).toBe('LSTM_MODEL_DAMAGED');
    }
    expect(await codeOf(() => decodeModel(bytes.subarray(0, bytes.length - 1)))).toBe('LSTM_MODEL_DAMAGED');
    expect(await codeOf(() => decodeModel(bytes.subarray(0, 16)))).toBe('LSTM_MODEL_DAMAGED');
    expect(await codeOf(() => decodeModel(new TextEncoder().encode('PK not a network at all')))).toBe(
      'LSTM_MODEL_FOREIGN',
    );
    expect(await codeOf(() => decodeModel(new Uint8Array()))).toBe('LSTM_MODEL_FOREIGN');
  });

  it('knows products by their names on another panel, and takes one that it has not learned for any product', async () => {
    const embeds = { ...budget, windowsPerVector: 1 };
    const learned = await trainLstm(panel, { cutoff: 280, horizon: HORIZON, seed: 5, budget: embeds });
    const means = async (on: Panel): Promise<Float32Array> =>
      (await forecastLstm(on, { origins: [280], horizon: HORIZON, seed: 5, model: learned }))[0]!.mean;
    const known = await means(panel);
    const row = (mean: Float32Array, s: number): number[] => [...mean.subarray(s * HORIZON, (s + 1) * HORIZON)];
    const named = (ids: string[]): Panel => ({ ...panel, products: { ...panel.products, ids } });
    const renamed = await means(named(['P0', 'P1', 'new', 'P3']));
    for (const s of [0, 1, 3]) expect(row(renamed, s)).toEqual(row(known, s));
    expect(row(renamed, 2)).not.toEqual(row(known, 2));
    const exchanged = await means(named(['P1', 'P0', 'P2', 'P3']));
    expect(row(exchanged, 0)).not.toEqual(row(known, 0));
    expect(row(exchanged, 2)).toEqual(row(known, 2));

    const model = decodeModel(learned);
    expect(model.vocabulary).toEqual({ product: ['P0', 'P1', 'P2', 'P3'] });
    const without = { ...model, members: model.members.map((parameters) => parameters.slice()) };
    const { offset, columns } = blocksOf(model.shape).find(({ name }) => name === 'product')!;
    for (const parameters of without.members) parameters.fill(0, offset + 2 * columns, offset + 3 * columns);
    const request = { origins: [280], horizon: HORIZON, seed: 5, model: encodeModel(without) };
    expect(row((await forecastLstm(panel, request))[0]!.mean, 2)).toEqual(row(renamed, 2));
  });

  it('is refused for another horizon, and for other features, which it names', async () => {
    const request = { origins: [280], seed: 5, budget, model: bytes };
    expect(await codeOf(() => forecastLstm(panel, { ...request, horizon: 7 }))).toBe('LSTM_MODEL_MISMATCH');
    const model = decodeModel(bytes);
    const renamed = {
      ...model,
      features: { ...model.features, past: ['temperature', ...model.features.past.slice(1)] },
    };
    await expect(forecastLstm(panel, { ...request, horizon: HORIZON, model: encodeModel(renamed) })).rejects.toThrow(
      '"temperature"',
    );
  });
});
