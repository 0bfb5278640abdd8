import type { Panel } from '../../panel.ts';
import type { ModelForecast } from '../combine/selection.ts';
import { demandBefore } from '../demand.ts';

/** Empty: goes on selling as far as can be told. */
export type EndCode = '' | 'ENDING' | 'ENDED';

/** Chance per day that a product is given up: about one in two in three years. */
const END_PER_DAY = 0.0006;
/** A silence is looked into where the chance of still being sold falls below this by the silence alone. */
const UNUSUAL = 0.5;
/** Chances of selling again within the horizon below which a series is called ending, and ended. */
const ENDING = 0.2;
const ENDED = 0.05;
/** Days of selling every second day that are mixed into the share of days with a sale. */
const PRIOR_DAYS = 2;
/** Kinds of silence: by its length, doubling from a week, and by how unlikely it is by chance. */
const LENGTHS = 6;
const UNLIKELY = [1e-4, 0.02, UNUSUAL];
/** Days between the mornings at which past silences are looked at. */
const STEP_DAYS = 7;
/** Past silences, half of which ended in a sale, that are mixed with those of a kind. */
const PRIOR_CASES = 4;

export interface Survival {
  /** Chance of selling again within the horizon; 1 where there is no unusual silence. */
  chance: number;
  code: EndCode;
}

/** Known periods, those with a sale, and known periods since the last sale. */
interface Record {
  known: number;
  sales: number;
  silence: number;
}

/**
 * Chance that a series is still sold, by the silence alone: the rarer it is by chance the more often the series sold before
 * (posterior of a geometric life, as in the beta-geometric models; Fader, Hardie and Shang 2010, Marketing Science 29).
 *
 * @example aliveChance({ known: 100, sales: 50, silence: 0 }, 1) // 1
 * O(1).
 */
export function aliveChance({ known, sales, silence }: Record, periodDays: number): number {
  if (sales === 0 || silence === 0) return 1;
  const rate = (sales + PRIOR_DAYS / 2) / (known - silence + PRIOR_DAYS);
  const end = 1 - (1 - END_PER_DAY) ** periodDays;
  const stay = (1 - end) * (1 - Math.min(rate, 1 - 1e-9));
  const silent = stay ** silence;
  return silent / (silent + (end * (1 - silent)) / (1 - stay));
}

/**
 * Which series have ended, by the periods open and in stock since their last sale. A silence that is unlikely by chance is
 * not yet an end: where shelves are empty without a word, sales come back. So the chance of a sale within the horizon is
 * counted: how often silences of this length and rarity, in this panel and before the origin, were followed by one.
 *
 * @returns for each series; those that never sold have a chance of 1 and no code. O(series x periods)
 */
export function survivals(panel: Panel, origin: number): Survival[] {
  const kinds = LENGTHS * UNLIKELY.length;
  const cases = new Float64Array(kinds).fill(PRIOR_CASES);
  const returned = new Float64Array(kinds).fill(PRIOR_CASES / 2);
  const step = Math.max(1, Math.round(STEP_DAYS / panel.periodDays));
  const last = Array.from({ length: panel.seriesCount }, (_, s) => {
    const demand = demandBefore(panel, origin, s);
    const next = nextSales(demand);
    const record = { known: 0, sales: 0, silence: 0 };
    for (let i = 0; i < demand.length; i++) {
      if (i % step === 0 && i + panel.horizon <= demand.length) {
        const kind = kindOf(record, panel.periodDays);
        if (kind >= 0) {
          cases[kind]!++;
          if (next[i]! < i + panel.horizon) returned[kind]!++;
        }
      }
      if (Number.isNaN(demand[i]!)) continue;
      record.known++;
      if (demand[i]! > 0) {
        record.sales++;
        record.silence = 0;
      } else record.silence++;
    }
    return kindOf(record, panel.periodDays);
  });
  return last.map((kind) => {
    const chance = kind < 0 ? 1 : returned[kind]! / cases[kind]!;
    return { chance, code: chance < ENDED ? 'ENDED' : chance < ENDING ? 'ENDING' : '' };
  });
}

/**
 * Multiplies every model's means by what is left of a series, in place.
 *
 * @param fade [series][origin]
 */
export function fadeForecasts(models: readonly ModelForecast[], fade: Float32Array): void {
  for (const { mean, without } of models) {
    const horizon = mean.length / fade.length;
    const origins = Object.values(without ?? {}).map((variant) => [variant, mean.length / variant.length] as const);
    fade.forEach((factor, i) => {
      if (factor === 1) return;
      for (let h = 0; h < horizon; h++) mean[i * horizon + h]! *= factor;
      for (const [variant, count] of origins) {
        if (i % count !== count - 1) continue;
        for (let h = 0; h < horizon; h++) variant[((i - count + 1) / count) * horizon + h]! *= factor;
      }
    });
  }
}

/** Index of the first period with a sale at or after each; the length where there is none. */
function nextSales(demand: Float64Array): Int32Array {
  const next = new Int32Array(demand.length);
  let at = demand.length;
  for (let i = demand.length - 1; i >= 0; i--) {
    if (demand[i]! > 0) at = i;
    next[i] = at;
  }
  return next;
}

/** Kind of a silence; -1 where it is none to wonder at. */
function kindOf(record: Record, periodDays: number): number {
  const alive = aliveChance(record, periodDays);
  const unlikely = UNLIKELY.findIndex((limit) => alive < limit);
  if (unlikely < 0) return -1;
  const weeks = (record.silence * periodDays) / 7;
  const length = Math.min(LENGTHS - 1, Math.max(0, Math.floor(Math.log2(Math.max(1, weeks)))));
  return unlikely * LENGTHS + length;
}
