import type { Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import type { Tensors } from './tfjs-runtime.ts';

/** What the way back through an LSTM needs of the way there, per step. */
export interface LstmTrace {
  /** Last hidden state, [units][batch]. */
  output: Tensor2D;
  /** Input, 1 and state before, [width + units][batch]. */
  inputs: Tensor2D[];
  /** Input, forget, output and candidate gate after the sigmoid, [4 units][batch]. */
  gates: Tensor2D[];
  /** Cell before each step and after the last; absent (zero) before the first. */
  cells: (Tensor2D | undefined)[];
  /** tanh of the cell after each step. */
  squashed: Tensor2D[];
}

/** tanh(x) = 2 sigmoid(2x) - 1, by the sigmoid, which the WASM backend computes five times faster. */
const tanh = (tf: Tensors, x: Tensor2D): Tensor2D => tf.sub(tf.mul(tf.sigmoid(tf.mul(x, 2)), 2), 1);

/**
 * Runs an LSTM from a zero state (Hochreiter and Schmidhuber 1997, with forget gates). One product and one sigmoid do
 * all four gates; the candidate is 2 sigmoid(x) - 1 = tanh(x / 2), that is, its weights are stored doubled.
 *
 * @param weights [4 units][width + units]: rows by gate (input, forget, output, candidate); the bias is the column of the
 *   input that is always 1
 * @param past [steps][width][batch]
 */
export function lstmForward(tf: Tensors, weights: Tensor2D, past: Tensor3D, units: number): LstmTrace {
  const [steps, width, batch] = past.shape;
  const inputs: Tensor2D[] = [];
  const gates: Tensor2D[] = [];
  const cells: (Tensor2D | undefined)[] = [undefined];
  const squashed: Tensor2D[] = [];
  let state = tf.zeros([units, batch]) as Tensor2D;
  for (let t = 0; t < steps; t++) {
    const step = tf.reshape(tf.slice(past, [t, 0, 0], [1, width, batch]), [width, batch]) as Tensor2D;
    const input: Tensor2D = tf.concat([step, state], 0);
    const gate: Tensor2D = tf.sigmoid(tf.matMul<Tensor2D>(weights, input));
    const [opened, kept, shown, fresh] = split(tf, gate, units);
    const added: Tensor2D = tf.mul(opened!, tf.sub(tf.mul(fresh!, 2), 1));
    const before = cells[t];
    const cell: Tensor2D = before ? tf.add(tf.mul(kept!, before), added) : added;
    const flat = tanh(tf, cell);
    state = tf.mul(shown!, flat);
    inputs.push(input);
    gates.push(gate);
    cells.push(cell);
    squashed.push(flat);
  }
  return { output: state, inputs, gates, cells, squashed };
}

/** Gradient of the weights from that of the last state (back-propagation through time), [4 units][width + units]. */
export function lstmBackward(
  tf: Tensors,
  weights: Tensor2D,
  trace: LstmTrace,
  slopeOutput: Tensor2D,
  units: number,
): Tensor2D {
  const columns = weights.shape[1];
  const recurrentT = tf.transpose(tf.slice(weights, [0, columns - units], [4 * units, units]));
  let slopeState = slopeOutput;
  let slopeCell: Tensor2D | undefined;
  let gradient: Tensor2D | undefined;
  for (let t = trace.gates.length - 1; t >= 0; t--) {
    const gate = trace.gates[t]!;
    const [opened, kept, shown, fresh] = split(tf, gate, units);
    const flat = trace.squashed[t]!;
    const throughCell = tf.mul(tf.mul(slopeState, shown!), tf.sub(1, tf.square(flat))) as Tensor2D;
    const slope: Tensor2D = slopeCell ? tf.add(slopeCell, throughCell) : throughCell;
    const before = trace.cells[t];
    const slopeGates = tf.concat(
      [
        tf.mul(slope, tf.sub(tf.mul(fresh!, 2), 1)),
        before ? tf.mul(slope, before) : tf.zerosLike(slope),
        tf.mul(slopeState, flat),
        tf.mul(tf.mul(slope, opened!), 2),
      ] as Tensor2D[],
      0,
    );
    const slopeSums = tf.mul(slopeGates, tf.sub(gate, tf.square(gate))) as Tensor2D;
    const part = tf.matMul(slopeSums, tf.transpose(trace.inputs[t]!)) as Tensor2D;
    gradient = gradient ? tf.add(gradient, part) : part;
    slopeCell = tf.mul(slope, kept!);
    slopeState = tf.matMul(recurrentT, slopeSums);
  }
  return gradient!;
}

function split(tf: Tensors, gates: Tensor2D, units: number): Tensor2D[] {
  const batch = gates.shape[1];
  return [0, 1, 2, 3].map((gate) => tf.slice(gates, [gate * units, 0], [units, batch]));
}
