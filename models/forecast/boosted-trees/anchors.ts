import type { Vantage } from '../features/vantage.ts';

/**
 * What sales are divided by before a model sees them: `level` is what the series sold of late and `year` over the last year,
 * without weekday and effects; `effects` multiplies the first by what weekday, events and promotion have done so far. Models
 * with different anchors err differently when a level shifts.
 */
export const ANCHORS = ['level', 'year', 'effects'] as const;
export type Anchor = (typeof ANCHORS)[number];

/** Events that leave less than this share of sales are not divided by. */
const LEAST_EFFECT = 0.05;

/** A year that sold less than this beside the level has nothing to say about it. */
const LEAST_SHARE_OF_LEVEL = 0.2;

/** Units that the ratio 1 stands for at the target. */
export function anchorOf(anchor: Anchor, at: Vantage): number {
  if (anchor === 'level') return at.level;
  if (anchor === 'year') {
    const mean = at.adjustedMean(at.origin - at.year, at.origin);
    return mean > LEAST_SHARE_OF_LEVEL * at.level ? mean : at.level;
  }
  const weekday = at.timeline.decomposition.weekdayFactor(at.series, at.target);
  return at.level * Math.max(LEAST_EFFECT, weekday * at.eventFactor() * at.promotionFactor());
}
