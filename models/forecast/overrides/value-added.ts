import type { Selection } from '../combine/selection.ts';
import type { ForecastPlan } from '../plan.ts';
import type { Override } from './override.ts';
import type { OverrideLayer } from './with-overrides.ts';

/** Whose cells are judged: all of them, those under an override, or those under one planner's. */
export type Scope = 'all' | 'overridden' | 'planner';
export const STEPS = ['naive', 'statistical', 'final'] as const;

/** Forecast value added: errors of one step over the cells of a scope, and what the step was worth. */
export interface ValueAdded {
  scope: Scope;
  /** The planner; empty for the other scopes. */
  subject: string;
  step: (typeof STEPS)[number];
  n: number;
  /** Sum of absolute errors, and of errors, over sum of actuals. */
  wape: number;
  bias: number;
  /** Share by which the error lay below that of the step before; NaN for the first. Below 0 the step did harm. */
  skill: number;
}

/**
 * Forecast value added per step (Gilliland 2010, The Business Forecasting Deal): the naive forecast, the statistical one, and the
 * final one with the overrides that were known when it was made, on the cutoffs of the backtest.
 *
 * O(series x cutoffs x horizon).
 */
export function valueAdded(
  plan: ForecastPlan,
  { models }: Selection,
  { statistical, final, by }: OverrideLayer,
  overrides: readonly Override[],
): ValueAdded[] {
  const { cutoffs, origins, horizon, actual, baseline } = plan;
  const naive = models.find(({ name }) => name === baseline)!.mean;
  const steps = [naive, statistical, final];
  const scopes = new Map<string, { scope: Scope; subject: string; sums: Float64Array }>();
  const add = (scope: Scope, subject: string, value: number, cell: number): void => {
    const key = `${scope} ${subject}`;
    const found = scopes.get(key) ?? { scope, subject, sums: new Float64Array(2 + 2 * steps.length) };
    scopes.set(key, found);
    found.sums[0]!++;
    found.sums[1]! += value;
    steps.forEach((means, i) => {
      found.sums[2 + 2 * i]! += Math.abs(means[cell]! - value);
      found.sums[3 + 2 * i]! += means[cell]! - value;
    });
  };
  actual.forEach((value, i) => {
    if (Number.isNaN(value)) return;
    const row = Math.floor(i / horizon);
    const series = Math.floor(row / cutoffs.length);
    const cell = (series * origins.length + (row % cutoffs.length)) * horizon + (i % horizon);
    add('all', '', value, cell);
    const override = overrides[by[cell]!];
    if (!override) return;
    add('overridden', '', value, cell);
    if (override.planner !== '') add('planner', override.planner, value, cell);
  });
  const order: readonly Scope[] = ['all', 'overridden', 'planner'];
  return [...scopes.values()]
    .sort((a, b) => order.indexOf(a.scope) - order.indexOf(b.scope) || (a.subject < b.subject ? -1 : 1))
    .flatMap(({ scope, subject, sums }) =>
      STEPS.map((step, i) => ({
        scope,
        subject,
        step,
        n: sums[0]!,
        wape: sums[2 + 2 * i]! / sums[1]!,
        bias: sums[3 + 2 * i]! / sums[1]!,
        skill: i === 0 ? Number.NaN : 1 - sums[2 + 2 * i]! / sums[2 * i]!,
      })),
    );
}
