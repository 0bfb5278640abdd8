import type { GbdtKernel } from '../../kernels/gbdt.ts';
import { quantileOf } from './quantile.ts';

export type GbdtLossName = 'squared' | 'absolute' | 'poisson' | 'tweedie' | 'quantile';

/** A loss with its parameter: the quantile, or the variance power of Tweedie. */
export interface GbdtLoss {
  name: GbdtLossName;
  parameter: number;
}

/** LightGBM's `poisson_max_delta_step` default: the hessian is taken larger so that a Newton step stays short. */
const POISSON_MAX_DELTA_STEP = 0.7;
/** Smallest mean of a log link. */
const MIN_MEAN = 1e-9;
/** Raw scores of a log link are held within this, which keeps float32 finite; the kernel does the same. */
const MAX_LOG = 80;

export const hasLogLink = ({ name }: GbdtLoss): boolean => name === 'poisson' || name === 'tweedie';

/** Whether leaves take a quantile of the residuals in place of a Newton step; which one. */
export function refitQuantile({ name, parameter }: GbdtLoss): number | undefined {
  if (name === 'absolute') return 0.5;
  return name === 'quantile' ? parameter : undefined;
}

/** Whether every row's hessian is its weight. */
export const hasUnitHessian = (loss: GbdtLoss): boolean => !hasLogLink(loss);

/** Raw score of the best constant over the rows given. O(rows), expected. */
export function initialScore(
  loss: GbdtLoss,
  target: Float32Array,
  weight: Float32Array | undefined,
  rows: Uint32Array,
): number {
  const quantile = refitQuantile(loss);
  if (quantile !== undefined) {
    const values = Float32Array.from(rows, (row) => target[row]!);
    return quantileOf(values, weight ? Float32Array.from(rows, (row) => weight[row]!) : undefined, quantile);
  }
  let sum = 0;
  let total = 0;
  for (const row of rows) {
    const w = weight ? weight[row]! : 1;
    sum += w * target[row]!;
    total += w;
  }
  const mean = total > 0 ? sum / total : 0;
  return hasLogLink(loss) ? Math.log(Math.max(mean, MIN_MEAN)) : mean;
}

/** Pointers of one float32 per row; `weight` and `hessian` may be 0. */
export interface LossArrays {
  score: number;
  target: number;
  weight: number;
  gradient: number;
  hessian: number;
}

/** Gradients, and hessians where they are asked for, of all rows. O(rows). */
export function fillGradients(kernel: GbdtKernel, loss: GbdtLoss, at: LossArrays, rows: number): void {
  const { run } = kernel;
  const { score, target, weight, gradient, hessian } = at;
  if (loss.name === 'squared') run.squared(score, target, weight, rows, gradient, hessian);
  else if (loss.name === 'poisson')
    run.poisson(score, target, weight, rows, gradient, hessian, Math.exp(POISSON_MAX_DELTA_STEP));
  else if (loss.name === 'tweedie') run.tweedie(score, target, weight, rows, gradient, hessian, loss.parameter);
  else if (loss.name === 'absolute') run.pinball(score, target, weight, rows, gradient, hessian, 0.5, 0);
  else run.pinball(score, target, weight, rows, gradient, hessian, loss.parameter, 1 - loss.parameter);
}

/** The response of a raw score. */
export function responseOf(loss: GbdtLoss, raw: number): number {
  return hasLogLink(loss) ? Math.exp(Math.min(MAX_LOG, Math.max(-MAX_LOG, raw))) : raw;
}

/** Loss of one row at a raw score, up to a constant of the target. */
export function lossAt({ name, parameter }: GbdtLoss, raw: number, y: number): number {
  if (name === 'squared') return (y - raw) ** 2;
  if (name === 'absolute') return Math.abs(y - raw);
  if (name === 'quantile') return y > raw ? parameter * (y - raw) : (1 - parameter) * (raw - y);
  const s = Math.min(MAX_LOG, Math.max(-MAX_LOG, raw));
  if (name === 'poisson') return Math.exp(s) - y * s;
  return (-y * Math.exp((1 - parameter) * s)) / (1 - parameter) + Math.exp((2 - parameter) * s) / (2 - parameter);
}
