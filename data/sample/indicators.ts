import { dayOf, type EpochDay, partsOf } from '../day.ts';
import type { Random } from '../random.ts';
import type { SamplePlan } from './options.ts';

/** One published value of a macro series. */
export interface IndicatorValue {
  indicator: string;
  day: EpochDay;
  value: number;
  /** Day of publication; never before the period has ended. */
  knownOn: EpochDay;
}

/** The macro world: what is published with delay, and what drives demand without any. */
export interface Indicators {
  published: IndicatorValue[];
  /** Deviation from normal in standard deviations per day: consumer confidence, energy price. */
  confidence: Float64Array;
  energy: Float64Array;
}

/** Months of values before the history, so that the first days know one. */
const MONTHS_BEFORE = 6;

function firstOfMonth(day: EpochDay, monthsLater: number): EpochDay {
  const { year, month } = partsOf(day);
  const months = year * 12 + month - 1 + monthsLater;
  return dayOf(`${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}-01`);
}

function fillDays(target: Float64Array, plan: SamplePlan, from: EpochDay, until: EpochDay, value: number): void {
  const end = Math.min(target.length, until - plan.startDay);
  for (let t = Math.max(0, from - plan.startDay); t < end; t++) target[t] = value;
}

/** Consumer confidence and prices by month, energy prices by week; each autoregressive, published with its usual delay. */
export function makeIndicators(plan: SamplePlan, random: Random): Indicators {
  const published: IndicatorValue[] = [];
  const confidence = new Float64Array(plan.days);
  const energy = new Float64Array(plan.days);
  const end = plan.startDay + plan.days;
  let state = random.normal();
  let prices = 100;
  for (let i = -MONTHS_BEFORE; firstOfMonth(plan.startDay, i) < end; i++) {
    const day = firstOfMonth(plan.startDay, i);
    const next = firstOfMonth(plan.startDay, i + 1);
    state = 0.9 * state + Math.sqrt(1 - 0.81) * random.normal();
    prices *= Math.exp(0.002 + 0.002 * random.normal());
    fillDays(confidence, plan, day, next, state);
    published.push({
      indicator: 'consumer_confidence',
      day,
      value: round(100 + 5 * state),
      knownOn: next + 5 + random.below(4),
    });
    published.push({ indicator: 'consumer_prices', day, value: round(prices), knownOn: next + 14 + random.below(4) });
  }
  state = random.normal();
  const monday = firstOfMonth(plan.startDay, -MONTHS_BEFORE) + 4;
  for (let day = monday - ((((monday + 3) % 7) + 7) % 7); day < end; day += 7) {
    state = 0.97 * state + Math.sqrt(1 - 0.9409) * random.normal();
    fillDays(energy, plan, day, day + 7, state);
    published.push({
      indicator: 'energy_price',
      day,
      value: round(80 * Math.exp(0.15 * state)),
      knownOn: day + 7 + random.below(3),
    });
  }
  return { published, confidence, energy };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
