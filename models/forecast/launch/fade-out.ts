import type { Panel } from '../../panel.ts';
import { demandBefore } from '../demand.ts';

/** Empty: goes on selling as far as can be told. */
export type EndCode = '' | 'ENDING' | 'ENDED';

/** Chance per day that a product is given up: about one in two in three years. */
const END_PER_DAY = 0.0006;
/** Below these chances of still being sold a series is called ending, and ended. */
const ENDING = 0.5;
const ENDED = 0.02;
/** Days of selling every second day that are mixed into the share of days with a sale. */
const PRIOR_DAYS = 2;

export interface Survival {
  /** Chance that the series is still sold at the origin. */
  alive: number;
  code: EndCode;
}

/**
 * Whether a series has ended, by the days in stock since its last sale: such a silence is what ending looks like, and all the
 * rarer by chance the more often it sold before (posterior of a geometric life, as in the beta-geometric models; Fader,
 * Hardie and Shang 2010, Marketing Science 29). Only days open and in stock count. O(history).
 */
export function survivalOf(panel: Panel, origin: number, series: number): Survival {
  const demand = demandBefore(panel, origin, series);
  let known = 0;
  let sales = 0;
  let silence = 0;
  for (const value of demand) {
    if (Number.isNaN(value)) continue;
    known++;
    if (value > 0) {
      sales++;
      silence = 0;
    } else silence++;
  }
  if (sales === 0) return { alive: known === 0 ? 1 : 0, code: known === 0 ? '' : 'ENDED' };
  const rate = (sales + PRIOR_DAYS / 2) / (known - silence + PRIOR_DAYS);
  const end = 1 - (1 - END_PER_DAY) ** panel.periodDays;
  let silentAlive = 1;
  let ended = 0;
  for (let day = 0; day < silence; day++) {
    ended += end * silentAlive;
    silentAlive *= (1 - end) * (1 - rate);
  }
  const alive = silentAlive / (silentAlive + ended);
  return { alive, code: alive < ENDED ? 'ENDED' : alive < ENDING ? 'ENDING' : '' };
}

/** Fades a forecast by the chance that the series is still sold, in place; an ended one is zero. O(horizon). */
export function fadeOut({ alive, code }: Survival, mean: Float64Array): Float64Array {
  for (let h = 0; h < mean.length; h++) mean[h]! *= code === 'ENDED' ? 0 : code === 'ENDING' ? alive : 1;
  return mean;
}
