import { kaplanMeier, type SurvivalCurve, stayQuantile, survivalAt } from './kaplan-meier.ts';

/** Stays of deals in stages, one entry each; days are since 1970-01-01. `leftOn` is `STILL_THERE` while open. */
export interface StageStays {
  deal: Int32Array;
  stage: Int32Array;
  /** Product of the deal, -1 where none. */
  product: Int32Array;
  enteredOn: Int32Array;
  leftOn: Int32Array;
}

export const STILL_THERE = 2147483647;

export interface StageTime {
  curve: SurvivalCurve;
  /** Usual stay: the median; and the stay that the alert's share of deals does not outlast. Days. */
  usualDays: number;
  limitDays: number;
  /** How much slower than the stage each product is; drawn to 1 where few stays are known. */
  paceOf: Map<number, number>;
}

/** Stays at which a product's own pace counts half. */
const HALF_TRUST_STAYS = 20;
/** Fewer ended stays than this give no alert. */
const MIN_STAYS = 20;

/**
 * Usual time in each stage, as known on the morning of `asOf`: later entries are not read and later ends not known.
 *
 * Where so many deals lie open that the curve does not fall to the alert's share, the share is taken of the deals that
 * did move on: a stage full of forgotten deals must not make forgetting usual.
 * @returns one entry per stage, undefined where fewer than 20 stays have ended
 */
export function stageTimes(
  stays: StageStays,
  stages: number,
  asOf: number,
  quantile: number,
): (StageTime | undefined)[] {
  return Array.from({ length: stages }, (_, stage) => {
    const days: number[] = [];
    const ended: number[] = [];
    const products: number[] = [];
    for (let i = 0; i < stays.deal.length; i++) {
      if (stays.stage[i] !== stage || stays.enteredOn[i]! >= asOf) continue;
      const isEnded = stays.leftOn[i]! < asOf;
      days.push((isEnded ? stays.leftOn[i]! : asOf) - stays.enteredOn[i]!);
      ended.push(isEnded ? 1 : 0);
      products.push(stays.product[i]!);
    }
    const curve = kaplanMeier(days, ended);
    if (curve.events < MIN_STAYS) return undefined;
    const moved = days.filter((_, i) => ended[i] === 1).sort((a, b) => a - b);
    const ofMoved = (share: number): number => moved[Math.min(moved.length - 1, Math.floor(share * moved.length))]!;
    const or = (value: number, other: number): number => (Number.isNaN(value) ? other : value);
    return {
      curve,
      usualDays: or(stayQuantile(curve, 0.5), ofMoved(0.5)),
      limitDays: or(stayQuantile(curve, quantile), ofMoved(quantile)),
      paceOf: productPaces(days, ended, products),
    };
  });
}

function productPaces(days: number[], ended: number[], products: number[]): Map<number, number> {
  const logs = new Map<number, number[]>();
  let [sum, count] = [0, 0];
  days.forEach((stay, i) => {
    if (ended[i] !== 1) return;
    const log = Math.log(stay + 1);
    sum += log;
    count++;
    if (products[i]! >= 0) logs.set(products[i]!, [...(logs.get(products[i]!) ?? []), log]);
  });
  const mean = sum / count;
  return new Map(
    [...logs].map(([product, own]) => {
      const difference = own.reduce((total, log) => total + log, 0) / own.length - mean;
      return [product, Math.exp((difference * own.length) / (own.length + HALF_TRUST_STAYS))];
    }),
  );
}

/** A deal that is open, against the usual time of its stage. Days. */
export interface DealPace {
  daysInStage: number;
  expectedDays: number;
  limitDays: number;
  /** Share of deals that stay longer than this one has. */
  slowerShare: number;
  alert: boolean;
}

export function dealPace(time: StageTime | undefined, product: number, daysInStage: number): DealPace {
  if (!time) {
    const none = Number.NaN;
    return { daysInStage, expectedDays: none, limitDays: none, slowerShare: none, alert: false };
  }
  const pace = time.paceOf.get(product) ?? 1;
  return {
    daysInStage,
    expectedDays: time.usualDays * pace,
    limitDays: time.limitDays * pace,
    slowerShare: survivalAt(time.curve, daysInStage / pace),
    alert: daysInStage > time.limitDays * pace,
  };
}
