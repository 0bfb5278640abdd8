import { normalCdf } from '../../numerics/distributions.ts';
import type { DiscreteDemand } from './discrete-demand.ts';

const density = (z: number): number => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);

/** Expected excess of a standard normal over `z`. `standardNormalLoss(0.3)` is 0.2668 (Snyder and Shen 2019, C.3). */
export function standardNormalLoss(z: number): number {
  return density(z) - z * (1 - normalCdf(z));
}

/** Half the expected square of that excess. `standardNormalSecondLoss(0.3)` is 0.1510 (Snyder and Shen 2019, C.3). */
export function standardNormalSecondLoss(z: number): number {
  return ((z * z + 1) * (1 - normalCdf(z)) - z * density(z)) / 2;
}

/** Expected demand beyond `level`. */
export function normalLoss(level: number, mean: number, sd: number): number {
  return sd > 0 ? sd * standardNormalLoss((level - mean) / sd) : Math.max(0, mean - level);
}

/** Expected demand beyond each whole level from 0, [level]; beyond the table it is 0. O(units). */
export function lossTable(demand: DiscreteDemand): Float64Array {
  const loss = new Float64Array(demand.length + 1);
  let above = 0;
  for (let level = demand.length - 1; level >= 0; level--) {
    loss[level] = loss[level + 1]! + above;
    above += demand[level]!;
  }
  return loss.subarray(0, demand.length);
}
