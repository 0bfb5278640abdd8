import type { Vantage } from '../features/vantage.ts';

/**
 * What sales are divided by before a model sees them: `level` is what the series sold of late, without weekday and effects;
 * `effects` multiplies it by what weekday, events and promotion have done so far.
 */
export const ANCHORS = ['level', 'effects'] as const;
export type Anchor = (typeof ANCHORS)[number];

/** Events that leave less than this share of sales are not divided by. */
const LEAST_EFFECT = 0.05;

/** Units that the ratio 1 stands for at the target. */
export function anchorOf(anchor: Anchor, at: Vantage): number {
  if (anchor === 'level') return at.level;
  const { decomposition } = at.timeline;
  const { series, target } = at;
  const effect =
    decomposition.weekdayFactor(series, target) *
    decomposition.eventFactor(series, target) *
    decomposition.promotionFactor(series, target);
  return at.level * Math.max(LEAST_EFFECT, effect);
}
