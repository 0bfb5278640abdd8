import { createHash } from 'node:crypto';
import { LeadtimeError } from '../../../errors.ts';
import type { Vocabulary } from './entities.ts';
import { type NetworkShape, parameterCountOf } from './network-shape.ts';
import type { Scaling } from './scaling.ts';

/** Names of the columns of the network's input, in order. */
export interface FeatureNames {
  past: string[];
  fixed: string[];
  ahead: string[];
}

/** A trained LSTM: one or more networks of the same shape, whose forecasts are averaged. */
export interface LstmModel {
  shape: NetworkShape;
  features: FeatureNames;
  scaling: Scaling;
  /** Whose vectors were learned; entities of the same name are the same on another panel. */
  vocabulary: Vocabulary;
  /** Parameters of each network, in the order of `blocksOf`. */
  members: Float32Array[];
}

const MAGIC = 'leadtime-lstm\n';
/** Changes whenever the network computes something else from the same parameters. */
const VERSION = 4;
const HASH_BYTES = 32;
const FIX = 'Train the network again.';

interface Header {
  version: number;
  shape: NetworkShape;
  features: FeatureNames;
  scaling: Scaling;
  vocabulary: Vocabulary;
  members: number;
}

/**
 * A model as bytes: magic, length of the header (u32), header (JSON: version, shape, feature list, scaling, names
 * with learned vectors), parameters (f32), all
 * little-endian, and the SHA-256 of everything before. The same model gives the same bytes.
 */
export function encodeModel({ shape, features, scaling, vocabulary, members }: LstmModel): Uint8Array {
  const { lookback, horizon, pastWidth, staticWidth, aheadWidth, units, hidden, quantiles, likelihood, embeddings } =
    shape;
  const header: Header = {
    version: VERSION,
    shape: {
      lookback,
      horizon,
      pastWidth,
      staticWidth,
      aheadWidth,
      units,
      hidden,
      quantiles: [...quantiles],
      likelihood,
      embeddings: [...embeddings],
    },
    features,
    scaling,
    vocabulary,
    members: members.length,
  };
  const text = new TextEncoder().encode(JSON.stringify(header));
  const count = parameterCountOf(shape);
  const start = MAGIC.length + 4 + text.length;
  const bytes = new Uint8Array(start + 4 * count * members.length + HASH_BYTES);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode(MAGIC));
  view.setUint32(MAGIC.length, text.length, true);
  bytes.set(text, MAGIC.length + 4);
  members.forEach((parameters, m) => {
    parameters.forEach((value, i) => {
      view.setFloat32(start + 4 * (m * count + i), value, true);
    });
  });
  const end = bytes.length - HASH_BYTES;
  bytes.set(hashOf(bytes.subarray(0, end)), end);
  return bytes;
}

/**
 * Reads what `encodeModel` wrote.
 *
 * @throws LeadtimeError `LSTM_MODEL_FOREIGN` where the bytes are something else, `LSTM_MODEL_DAMAGED` where the hash does not
 *   hold, `LSTM_MODEL_VERSION` where another version wrote them
 */
export function decodeModel(bytes: Uint8Array): LstmModel {
  const start = new TextDecoder().decode(bytes.subarray(0, MAGIC.length));
  if (start !== MAGIC) {
    throw new LeadtimeError('LSTM_MODEL_FOREIGN', 'These bytes are not a trained LSTM.', FIX, { value: start });
  }
  const end = bytes.length - HASH_BYTES;
  const isWhole = end > MAGIC.length + 4 && hashOf(bytes.subarray(0, end)).every((byte, i) => byte === bytes[end + i]);
  if (!isWhole) {
    throw new LeadtimeError('LSTM_MODEL_DAMAGED', 'The SHA-256 of the trained LSTM does not match its bytes.', FIX, {
      value: bytes.length,
    });
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerEnd = MAGIC.length + 4 + view.getUint32(MAGIC.length, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(MAGIC.length + 4, headerEnd))) as Header;
  if (header.version !== VERSION) {
    const message = `The trained LSTM has format version ${header.version}; this program reads version ${VERSION}.`;
    throw new LeadtimeError('LSTM_MODEL_VERSION', message, FIX, { value: header.version });
  }
  const count = parameterCountOf(header.shape);
  const members = Array.from({ length: header.members }, (_, m) =>
    Float32Array.from({ length: count }, (_, i) => view.getFloat32(headerEnd + 4 * (m * count + i), true)),
  );
  const { shape, features, scaling, vocabulary } = header;
  return { shape, features, scaling, vocabulary, members };
}

/**
 * Makes sure that a model fits what it is to be used on.
 *
 * @throws LeadtimeError `LSTM_MODEL_MISMATCH` naming the first feature or size that differs
 */
export function requireFit(model: LstmModel, shape: NetworkShape, features: FeatureNames): void {
  const flat = ({ past, fixed, ahead }: FeatureNames): string[] => [...past, ...fixed, ...ahead];
  const sizes = (of: NetworkShape): string[] => [
    `lookback ${of.lookback}`,
    `horizon ${of.horizon}`,
    `quantiles ${of.quantiles.join(' ')}`,
  ];
  const [has, needs] = [
    [...sizes(model.shape), ...flat(model.features)],
    [...sizes(shape), ...flat(features)],
  ];
  const at = Array.from({ length: Math.max(has.length, needs.length) }).findIndex((_, i) => has[i] !== needs[i]);
  if (at < 0) return;
  const message = `The trained LSTM was made for "${has[at] ?? 'nothing'}" where "${needs[at] ?? 'nothing'}" is needed.`;
  throw new LeadtimeError('LSTM_MODEL_MISMATCH', message, FIX, { value: has[at] ?? '' });
}

const hashOf = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
