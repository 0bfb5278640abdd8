import { kindsApart, type Panel } from '../../panel.ts';
import { type Feature, fromPast, fromPlan } from './feature.ts';
import type { Vantage } from './vantage.ts';

const FARTHEST = 28;

/** Periods from the target to the nearest one, stepping by `step`, whose promotion state is `state`; bounded to 28. */
function distance(at: Vantage, step: 1 | -1, state: boolean): number {
  let t = at.target + step;
  let length = 1;
  for (; length < FARTHEST && t >= 0 && t < at.width && at.isPromoted(t) !== state; t += step) length++;
  return length;
}

const plan = (name: string, unit: string, value: Feature['value'], scope: Feature['scope'] = 'target'): Feature =>
  fromPlan({ name, unit, source: 'promotions', scope, value });

const kindOfPromotion = fromPlan(
  {
    name: 'promotion_kind',
    unit: 'name',
    source: 'promotions',
    scope: 'target',
    value: (at) => at.promotionKind(at.target),
  },
  'categorical',
);

/** Share of the periods in [from, to) under promotion. */
function share(at: Vantage, from: number, to: number): number {
  let promoted = 0;
  for (let t = from; t < to; t++) if (at.isPromoted(t)) promoted++;
  return promoted / (to - from);
}

/** Promotions on the target and around it, and what they did to sales before. None without promotions in the panel. */
export function promotionFeatures(panel: Panel): Feature[] {
  if (panel.promotionKind.length === 0) return [];
  return [
    plan('on_promotion', 'flag', (at) => (at.isPromoted(at.target) ? 1 : 0)),
    ...(kindsApart(panel).length > 0 ? [kindOfPromotion] : []),
    plan('discount', 'fraction', (at) => at.discount(at.target)),
    plan('promoted_before', 'flag', (at) => (at.isPromoted(at.target - 1) ? 1 : 0)),
    plan('promoted_after', 'flag', (at) => (at.isPromoted(at.target + 1) ? 1 : 0)),
    plan('periods_since_promotion_start', 'periods', (at) =>
      at.isPromoted(at.target) ? distance(at, -1, false) : Number.NaN,
    ),
    plan('periods_until_promotion_end', 'periods', (at) =>
      at.isPromoted(at.target) ? distance(at, 1, false) : Number.NaN,
    ),
    plan('periods_since_last_promotion', 'periods', (at) => (at.isPromoted(at.target) ? 0 : distance(at, -1, true))),
    plan('periods_to_next_promotion', 'periods', (at) => (at.isPromoted(at.target) ? 0 : distance(at, 1, true))),
    plan(
      'promoted_share_before',
      'share of 28 days',
      (at) => share(at, at.origin - at.spanOf(28), at.origin),
      'origin',
    ),
    plan('promoted_share_around', 'share of 7 days', (at) =>
      share(at, at.target - at.spanOf(3), at.target + at.spanOf(4)),
    ),
    fromPast(1, {
      name: 'promotion_factor',
      unit: 'log of a factor',
      source: 'sales',
      scope: 'target',
      value: (at) => Math.log(Math.max(0.02, at.promotionFactor())),
    }),
  ];
}
