import { createHash } from 'node:crypto';
import { LeadtimeError } from '../../../errors.ts';
import type { GbdtFeature } from './features.ts';
import type { GbdtLoss } from './loss.ts';
import type { GbdtModel } from './model.ts';
import { emptyTree } from './tree.ts';

const MAGIC = 'LTGBDT';
const VERSION = 1;
/** Magic, version (2 bytes), sha256 of all that follows it, length of the header. */
const HASH_AT = 8;
const BODY_AT = HASH_AT + 32;

interface Header {
  loss: GbdtLoss;
  initial: number;
  validationTrees: number;
  features: (Omit<GbdtFeature, 'edges' | 'categories' | 'categoryBins'> & { edges: number; categories: number })[];
  leaves: number[];
}

type Numbers = Float32Array | Float64Array | Int32Array | Uint16Array | Uint8Array;

/** The model's arrays in the order of the file. */
function arraysOf({ features, trees, validationLoss }: GbdtModel): Numbers[] {
  return [
    Float64Array.from(validationLoss),
    ...features.flatMap(({ edges, categories, categoryBins }) => [edges, categories, categoryBins]),
    ...trees.flatMap((tree) => [
      tree.leafRows,
      tree.leaf,
      tree.gain,
      tree.left,
      tree.right,
      tree.column,
      tree.isSet,
      tree.limit,
      tree.missingLeft,
      tree.sets,
    ]),
  ];
}

/** The model as bytes (little-endian), with version, sha256 and the list of features. O(size). */
export function saveGbdt(model: GbdtModel): Uint8Array {
  const header: Header = {
    loss: model.loss,
    initial: model.initial,
    validationTrees: model.validationLoss.length,
    features: model.features.map(({ categoryBins, ...feature }) => ({
      ...feature,
      edges: feature.edges.length,
      categories: categoryBins.length,
    })),
    leaves: model.trees.map(({ leaf }) => leaf.length),
  };
  const text = Buffer.from(JSON.stringify(header));
  const size = Buffer.alloc(4);
  size.writeUInt32LE(text.length);
  const arrays = arraysOf(model).map((a) => Buffer.from(a.buffer, a.byteOffset, a.byteLength));
  const body = Buffer.concat([size, text, ...arrays]);
  const start = Buffer.alloc(HASH_AT);
  start.write(MAGIC, 'latin1');
  start.writeUInt16LE(VERSION, MAGIC.length);
  return Uint8Array.from(Buffer.concat([start, createHash('sha256').update(body).digest(), body]));
}

/**
 * Reads a saved model. Throws `GBDT_MODEL_FOREIGN` for other files, `GBDT_MODEL_VERSION` for another version,
 * `GBDT_MODEL_DAMAGED` where the sha256 differs and `GBDT_MODEL_FEATURES` where the features are not those expected.
 */
export function loadGbdt(bytes: Uint8Array, expectedFeatures?: string[]): GbdtModel {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (all.toString('latin1', 0, MAGIC.length) !== MAGIC)
    throw refusal('GBDT_MODEL_FOREIGN', 'the file is not a model of boosted trees');
  if (all.length < BODY_AT + 4) throw refusal('GBDT_MODEL_DAMAGED', `the model file ends after ${all.length} bytes`);
  const version = all.readUInt16LE(MAGIC.length);
  if (version !== VERSION)
    throw refusal('GBDT_MODEL_VERSION', `the model file is of version ${version}, not ${VERSION}`);
  const body = all.subarray(BODY_AT);
  if (!createHash('sha256').update(body).digest().equals(all.subarray(HASH_AT, BODY_AT)))
    throw refusal('GBDT_MODEL_DAMAGED', 'the model file does not have the sha256 that it was saved with');
  const headerEnd = 4 + body.readUInt32LE(0);
  const model = emptyModel(JSON.parse(body.toString('utf8', 4, headerEnd)) as Header);
  const names = model.features.map(({ name }) => name);
  if (expectedFeatures && names.join('\n') !== expectedFeatures.join('\n'))
    throw refusal('GBDT_MODEL_FEATURES', `the model was trained on the features ${names.join(', ')}`);
  let at = headerEnd;
  const arrays = arraysOf(model);
  for (const array of arrays) {
    new Uint8Array(array.buffer, array.byteOffset, array.byteLength).set(body.subarray(at, at + array.byteLength));
    at += array.byteLength;
  }
  model.validationLoss = Array.from(arrays[0]!);
  return model;
}

/** A model of the header's sizes whose arrays hold zeros. */
function emptyModel(header: Header): GbdtModel {
  return {
    loss: header.loss,
    initial: header.initial,
    validationLoss: new Array<number>(header.validationTrees).fill(0),
    features: header.features.map((feature) => ({
      ...feature,
      edges: new Float32Array(feature.edges),
      categories: new Int32Array(feature.categories),
      categoryBins: new Uint8Array(feature.categories),
    })),
    trees: header.leaves.map(emptyTree),
  };
}

function refusal(code: string, message: string): LeadtimeError {
  return new LeadtimeError(code, `boosted trees: ${message}`, 'Train the model again.');
}
