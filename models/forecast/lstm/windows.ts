import type { Panel } from '../../panel.ts';
import type { Decomposition } from '../decomposition/decomposition.ts';
import { embeddingsOf, entitiesOf, type Vocabulary } from './entities.ts';
import type { Features } from './features.ts';
import type { Likelihood } from './likelihood.ts';
import type { WindowShape, Windows } from './window-shape.ts';

const sharedFloats = (length: number): Float32Array =>
  new Float32Array(new SharedArrayBuffer(4 * length) as unknown as ArrayBuffer);

/** Empty windows for `capacity` examples, in memory that worker threads can share. */
export function allocateWindows(shape: WindowShape, capacity: number): Windows {
  return {
    count: 0,
    origin: new Int32Array(capacity),
    past: sharedFloats(capacity * shape.lookback * shape.pastWidth),
    fixed: sharedFloats(capacity * shape.staticWidth),
    entity: new Int32Array(
      new SharedArrayBuffer(4 * capacity * shape.embeddings.length) as unknown as ArrayBuffer,
    ).fill(-1),
    ahead: sharedFloats(capacity * shape.horizon * shape.aheadWidth),
    target: sharedFloats(capacity * shape.horizon),
    weight: sharedFloats(capacity * shape.horizon),
    scale: sharedFloats(capacity),
  };
}

/** The windows `from .. to` as views. */
export function windowsBetween(windows: Windows, shape: WindowShape, from: number, to: number): Windows {
  const { lookback, horizon, pastWidth, staticWidth, aheadWidth, embeddings } = shape;
  const part = (values: Float32Array, width: number): Float32Array => values.subarray(from * width, to * width);
  return {
    count: to - from,
    origin: windows.origin.subarray(from, to),
    past: part(windows.past, lookback * pastWidth),
    fixed: part(windows.fixed, staticWidth),
    entity: windows.entity.subarray(from * embeddings.length, to * embeddings.length),
    ahead: part(windows.ahead, horizon * aheadWidth),
    target: part(windows.target, horizon),
    weight: part(windows.weight, horizon),
    scale: part(windows.scale, 1),
  };
}

export interface WindowWriter {
  shape: WindowShape;
  /**
   * Appends the window of series `s` at `origin`, which must be the period after the last one the decomposition has seen.
   *
   * @param knownUntil targets from this period on are left out
   */
  append(into: Windows, s: number, origin: number, knownUntil: number): void;
}

/** Largest target: a sale of more than this many times the scale is a single event nobody could learn from. */
const LARGEST_TARGET = 20;
/**
 * Noise of a series (variation squared) at which its examples weigh half as much as those of a quiet one of its size. Examples
 * weigh by units, as the errors that people judge a forecast by do. The likelihood of counts knows by itself what noise is
 * worth, so that the root of the units is enough there (on M5 items before d_1745 better than the units or nothing).
 */
const HALF_WEIGHT_NOISE = 0.1;

/** Writes windows of a panel. O(lookback + horizon) per window. */
export function createWindowWriter(
  panel: Panel,
  decomposition: Decomposition,
  features: Features,
  lookback: number,
  horizon: number,
  likelihood: Likelihood,
  vocabulary: Vocabulary,
): WindowWriter {
  const { periods, quantity } = panel;
  const embeddings = embeddingsOf(vocabulary);
  const kinds = embeddings.length;
  const entities = entitiesOf(panel, vocabulary);
  const shape: WindowShape = {
    lookback,
    horizon,
    pastWidth: features.pastWidth,
    staticWidth: features.staticWidth,
    aheadWidth: features.aheadWidth,
    embeddings,
  };

  const append = (into: Windows, s: number, origin: number, knownUntil: number): void => {
    const i = into.count++;
    into.origin[i] = origin;
    const scale = Math.max(decomposition.level(s, 1) || 0, 0);
    into.scale[i] = scale;
    if (scale === 0) return;
    into.entity.set(entities.subarray(s * kinds, (s + 1) * kinds), i * kinds);
    features.begin(s, origin);
    for (let k = 0; k < lookback; k++) {
      features.writePast(into.past, (i * lookback + k) * features.pastWidth, origin - lookback + k);
    }
    features.writeStatic(into.fixed, i * features.staticWidth);
    const noise = Math.min(10, decomposition.noise(s));
    const weight =
      likelihood === 'negative_binomial' ? Math.sqrt(scale) : (scale * HALF_WEIGHT_NOISE) / (HALF_WEIGHT_NOISE + noise);
    for (let h = 0; h < horizon; h++) {
      const t = origin + h;
      features.writeAhead(into.ahead, (i * horizon + h) * features.aheadWidth, h);
      if (t >= knownUntil || t >= periods || !features.isKnown(s, t)) continue;
      into.target[i * horizon + h] = Math.min(LARGEST_TARGET, Math.max(0, quantity[s * periods + t]!) / scale);
      into.weight[i * horizon + h] = weight;
    }
  };
  return { shape, append };
}
