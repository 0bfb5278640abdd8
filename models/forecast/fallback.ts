import type { Panel } from '../panel.ts';
import { demandBefore } from './demand.ts';
import type { Survival } from './launch/fade-out.ts';
import { shareOnSale } from './launch/planned-end.ts';

/** Why a series is not, or not just, forecast by its champion; empty where it is. */
export type FallbackCode = '' | 'NO_HISTORY' | 'NEW' | 'DEAD' | 'ENDING' | 'ENDS' | 'BASELINE';

/** Known periods from which a series can be modelled: four weeks of days, eight weeks. */
const MIN_DAYS = 28;
const MIN_WEEKS = 8;
/** A series without a sale for half a year, and for four times its longest gap before, is taken as ended. */
const DEAD_DAYS = 182;
const DEAD_GAPS = 4;

/**
 * Series that cannot be forecast by a model as of `origin`: never sold or not known (`NO_HISTORY`, forecast zero), too
 * short (`NEW`, launch curve of series like it, or moving average of what is there), no longer sold (`DEAD`, forecast zero),
 * on sale for a part of the horizon only, as planned (`ENDS`, zero after it), probably no longer sold (`ENDING`, faded by the chance
 * of another sale).
 *
 * @param survival of the series at the same origin
 */
export function fallbackOf(panel: Panel, origin: number, series: number, survival: Survival): FallbackCode {
  const demand = demandBefore(panel, origin, series);
  let known = 0;
  let sinceSale = 0;
  let longestGap = 0;
  let sold = 0;
  for (const value of demand) {
    if (Number.isNaN(value)) continue;
    known++;
    if (value > 0) {
      if (sold > 0) longestGap = Math.max(longestGap, sinceSale);
      sold++;
      sinceSale = 0;
    } else sinceSale++;
  }
  if (sold === 0) return 'NO_HISTORY';
  if (sinceSale * panel.periodDays >= DEAD_DAYS && sinceSale >= DEAD_GAPS * longestGap) return 'DEAD';
  if (shareOnSale(panel, series, origin) === 0) return 'DEAD';
  if (known < (panel.frequency === 'daily' ? MIN_DAYS : MIN_WEEKS)) return 'NEW';
  if (shareOnSale(panel, series, origin + panel.horizon - 1) < 1) return 'ENDS';
  return survival.code === 'ENDED' ? 'DEAD' : survival.code;
}
