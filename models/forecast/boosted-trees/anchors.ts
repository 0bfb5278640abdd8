import type { Vantage } from '../features/vantage.ts';

/**
 * What sales are divided by before a model sees them: `level` is what the series sold of late and `year` over the last year,
 * without weekday and effects; `level_effects` and `year_effects` multiply them by what weekday, events and promotion have done so
 * far. Models with different anchors err differently when a level shifts.
 */
export const ANCHORS = ['level', 'year', 'level_effects', 'year_effects'] as const;
export type Anchor = (typeof ANCHORS)[number];

/** Events that leave less than this share of sales are not divided by. */
const LEAST_EFFECT = 0.05;

/** A year that sold less than this beside the level has nothing to say about it. */
const LEAST_SHARE_OF_LEVEL = 0.2;

/** Units that the ratio 1 stands for at the target, one for each of `ANCHORS`. */
export function anchorsOf(at: Vantage): Record<Anchor, number> {
  const { level } = at;
  const mean = at.adjustedMean(at.origin - at.year, at.origin);
  const year = mean > LEAST_SHARE_OF_LEVEL * level ? mean : level;
  const weekday = at.timeline.decomposition.weekdayFactor(at.series, at.target);
  const effects = Math.max(LEAST_EFFECT, weekday * at.eventFactor() * at.promotionFactor());
  return { level, year, level_effects: level * effects, year_effects: year * effects };
}
