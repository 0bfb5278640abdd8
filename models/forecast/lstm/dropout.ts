import { mixBits } from '../../../data/random.ts';

/** Dropout of one step of training (Srivastava et al. 2014, Journal of Machine Learning Research 15). */
export interface Dropout {
  /** Share that is dropped, 0 or more and below 1. */
  rate: number;
  /** Of the step, 32 bits. */
  seed: number;
}

/**
 * What a number of an example is multiplied by: 0 where it is dropped, else what keeps the mean as it is. Depends on the step, the
 * place and the row alone, so that every engine and any number of threads drop the same.
 *
 * @param place of the example in its step
 * @param row of the last state and the learned vectors
 */
export function keepFactor({ rate, seed }: Dropout, place: number, row: number): number {
  return mixBits(mixBits(seed ^ Math.imul(place + 1, 0x9e3779b1)) ^ Math.imul(row + 1, 0x85ebca77)) < rate * 2 ** 32
    ? 0
    : 1 / (1 - rate);
}
