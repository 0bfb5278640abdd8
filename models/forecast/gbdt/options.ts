import { LeadtimeError } from '../../../errors.ts';
import type { GbdtLoss, GbdtLossName } from './loss.ts';

export interface GbdtOptions {
  /** Poisson and Tweedie have a log link and need a target of at least 0. */
  loss: GbdtLossName;
  /** Loss `quantile` only; 0.5 if not given. */
  quantile?: number;
  /** Loss `tweedie` only: variance power between 1 and 2; 1.5 if not given. */
  tweediePower?: number;
  /** Most trees. */
  trees: number;
  /** Most leaves of a tree. */
  leaves: number;
  learningRate: number;
  minLeafRows: number;
  /** 0.001 if not given. */
  minLeafHessian?: number;
  /** L2 penalty of leaf values; 0 if not given. */
  lambda?: number;
  /** Share of the columns for each tree; 1 if not given. */
  columnShare?: number;
  /** Share of the rows for each tree; 1 if not given. */
  rowShare?: number;
  /** Trees between two draws of rows; 1 if not given. */
  baggingEvery?: number;
  /** Most bins of a numeric column beside that of the missing, 2 to 255; 255 if not given. */
  bins?: number;
  seed: number;
  /** Trains until the loss of these rows, which are then not trained on, did not fall for `rounds` trees. */
  earlyStop?: { rounds: number; validationRows: Uint32Array };
}

/** Options with their defaults filled in. */
export type FilledOptions = Required<Omit<GbdtOptions, 'earlyStop' | 'quantile' | 'tweediePower' | 'loss'>> & {
  loss: GbdtLoss;
  earlyStop: GbdtOptions['earlyStop'];
};

/** Fills defaults in. Throws `GBDT_OPTION_INVALID` for a value out of range. */
export function fillOptions(options: GbdtOptions): FilledOptions {
  const { loss, quantile = 0.5, tweediePower = 1.5 } = options;
  const filled = {
    minLeafHessian: 1e-3,
    lambda: 0,
    columnShare: 1,
    rowShare: 1,
    baggingEvery: 1,
    bins: 255,
    earlyStop: undefined,
    ...options,
    loss: { name: loss, parameter: loss === 'tweedie' ? tweediePower : loss === 'quantile' ? quantile : 0 },
  };
  const ranges: [string, number, number, number][] = [
    ['quantile', quantile, 0.001, 0.999],
    ['tweediePower', tweediePower, 1.001, 1.999],
    ['trees', filled.trees, 0, 1e6],
    ['leaves', filled.leaves, 1, 65536],
    ['learningRate', filled.learningRate, 1e-9, 1],
    ['minLeafRows', filled.minLeafRows, 1, 2 ** 30],
    ['minLeafHessian', filled.minLeafHessian, 0, Number.MAX_VALUE],
    ['lambda', filled.lambda, 0, Number.MAX_VALUE],
    ['columnShare', filled.columnShare, 1e-9, 1],
    ['rowShare', filled.rowShare, 1e-9, 1],
    ['baggingEvery', filled.baggingEvery, 1, 1e6],
    ['bins', filled.bins, 2, 255],
    ['earlyStop.rounds', filled.earlyStop?.rounds ?? 1, 1, 1e6],
  ];
  for (const [name, value, least, most] of ranges)
    if (!(value >= least && value <= most))
      throw new LeadtimeError(
        'GBDT_OPTION_INVALID',
        `boosted trees: ${name} is ${value}`,
        `Give ${name} a value from ${least} to ${most}.`,
        { value },
      );
  return filled;
}

/** Rows in a leaf, so that few rows can still be split: `wanted`, but no more than a twentieth of them. */
export const leastLeafRows = (wanted: number, rows: number): number =>
  Math.max(1, Math.min(wanted, Math.floor(rows / 20)));
