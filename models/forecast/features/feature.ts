import type { Vantage } from './vantage.ts';

/**
 * When the value of a feature is known: `past` from sales at least `lag` periods before the first period to forecast,
 * `ahead` from what is planned (calendar, prices, promotions) for any period, `static` from what never changes.
 */
export type KnownAt = { rule: 'past'; lag: number } | { rule: 'ahead' } | { rule: 'static' };

/** One named column that models learn from. */
export interface Feature {
  name: string;
  /** What a value of 1 stands for, such as `days` or `log ratio to the level`. */
  unit: string;
  /** Table of the input contract that it is made of. */
  source: 'sales' | 'calendar' | 'promotions' | 'prices' | 'products' | 'locations' | 'indicators' | 'request';
  knownAt: KnownAt;
  kind: 'numeric' | 'categorical';
  /** `origin`: the same for every period forecast from one origin, so that it is computed once for all of them. */
  scope: 'origin' | 'target';
  /** Value seen from a vantage; NaN where not known. */
  value(at: Vantage): number;
}

type Body = Pick<Feature, 'name' | 'unit' | 'source' | 'scope' | 'value'>;

/** A feature of sales that are at least `lag` periods old. */
export const fromPast = (lag: number, body: Body): Feature => ({
  ...body,
  knownAt: { rule: 'past', lag },
  kind: 'numeric',
});

/** A feature of what is planned. */
export const fromPlan = (body: Body, kind: Feature['kind'] = 'numeric'): Feature => ({
  ...body,
  knownAt: { rule: 'ahead' },
  kind,
});

/** A feature of the series itself; categories are given as numbers from 0. */
export const fromMaster = (body: Omit<Body, 'scope'>, kind: Feature['kind'] = 'categorical'): Feature => ({
  ...body,
  scope: 'origin',
  knownAt: { rule: 'static' },
  kind,
});

/** Log of a ratio, bounded to +-3; NaN where either is not known, and the bound where one is 0. */
export function logRatio(value: number, base: number): number {
  if (!(value >= 0) || !(base > 0)) return Number.NaN;
  return Math.max(-3, Math.min(3, Math.log(value / base)));
}
