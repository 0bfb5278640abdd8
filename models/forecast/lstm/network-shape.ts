import type { Random } from '../../../data/random.ts';
import type { EntityKind } from './entities.ts';
import type { Likelihood } from './likelihood.ts';
import type { WindowShape } from './window-shape.ts';

/**
 * The network. An LSTM reads the past; its last state, the learned vectors of the series' product, location and category (0 for one
 * that was not learned) and the fixed features make a context. There, vectors meet what is known of each period ahead and cost nothing
 * per step of the past. For each period ahead two layers read the context and what is known of that period, and correct a log-linear
 * start:
 *
 *     context = Wc [lstm(past), embedded, fixed, 1]
 *     a1 = relu(context + W1 ahead),  a2 = relu(W2 a1 + V2 ahead),  output = W3 a2 + W0 ahead
 *
 * (`ahead` ends with a 1.) The first output of a period is the log of the mean over the scale; each further one, where
 * quantiles are asked for, the log of a quantile over the scale; the last one of a negative binomial network is the log of
 * the dispersion.
 */
export interface NetworkShape extends WindowShape {
  units: number;
  hidden: number;
  /** Levels of the quantiles to learn beside the mean, between 0 and 1, ascending; none by default. */
  quantiles: readonly number[];
  likelihood: Likelihood;
}

/** Rows and columns of each weight matrix, in the order in which they lie in the flat parameter array. */
export interface Block {
  name: BlockName;
  rows: number;
  columns: number;
  offset: number;
}
export type LayerName = 'lstm' | 'context' | 'first' | 'second' | 'secondAhead' | 'last' | 'linear';
export type BlockName = LayerName | EntityKind;
/** Outputs per period ahead: the mean, the quantiles, the dispersion of counts. */
export const outputsOf = ({ quantiles, likelihood }: Pick<NetworkShape, 'quantiles' | 'likelihood'>): number =>
  1 + quantiles.length + (likelihood === 'negative_binomial' ? 1 : 0);

/** Numbers by which the learned vectors of a series describe it. */
export const embeddedWidth = ({ embeddings }: Pick<NetworkShape, 'embeddings'>): number =>
  embeddings.reduce((sum, { width }) => sum + width, 0);

export function blocksOf(shape: NetworkShape): Block[] {
  const { units, hidden, pastWidth, staticWidth, aheadWidth, embeddings } = shape;
  const outputs = outputsOf(shape);
  const sizes: [BlockName, number, number][] = [
    ['lstm', 4 * units, pastWidth + 1 + units],
    ['context', hidden, units + embeddedWidth(shape) + staticWidth + 1],
    ['first', hidden, aheadWidth + 1],
    ['second', hidden, hidden],
    ['secondAhead', hidden, aheadWidth + 1],
    ['last', outputs, hidden],
    ['linear', outputs, aheadWidth + 1],
    ...embeddings.map(({ kind, entities, width }): [BlockName, number, number] => [kind, entities, width]),
  ];
  let offset = 0;
  return sizes.map(([name, rows, columns]) => {
    const block = { name, rows, columns, offset };
    offset += rows * columns;
    return block;
  });
}

export function parameterCountOf(shape: NetworkShape): number {
  const last = blocksOf(shape).at(-1)!;
  return last.offset + last.rows * last.columns;
}

/**
 * First weights: Glorot normal, forget gates open (bias 1), the last layer silent, the linear part as given, all learned
 * vectors 0: they stay so for an entity that is not seen.
 *
 * @param startWeights weights of the first `ahead` features
 */
export function initialParameters(shape: NetworkShape, startWeights: Float32Array, random: Random): Float32Array {
  const parameters = new Float32Array(parameterCountOf(shape));
  const silent: BlockName[] = ['last', ...shape.embeddings.map(({ kind }) => kind)];
  for (const { name, rows, columns, offset } of blocksOf(shape)) {
    if (silent.includes(name)) continue;
    if (name === 'linear') {
      for (let row = 0; row <= shape.quantiles.length; row++) parameters.set(startWeights, offset + row * columns);
      continue;
    }
    const spread = Math.sqrt(2 / ((name === 'lstm' ? shape.units : rows) + columns));
    const stream = random.fork(name);
    for (let i = 0; i < rows * columns; i++) parameters[offset + i] = spread * stream.normal();
  }
  for (let u = 0; u < shape.units; u++) {
    parameters[(shape.units + u) * (shape.pastWidth + 1 + shape.units) + shape.pastWidth] = 1;
  }
  return parameters;
}
