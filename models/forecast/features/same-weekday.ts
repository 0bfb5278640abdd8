import { type Feature, fromPast } from './feature.ts';
import { leastKnown, type Vantage } from './vantage.ts';

/**
 * Mean of the newest `weeks` sales of the target's weekday; in weekly data of the newest periods. Where less than a quarter of
 * several is known, older ones are taken.
 */
function meanOfWeekday(at: Vantage, weeks: number): number {
  const step = at.panel.frequency === 'daily' ? 7 : 1;
  let t = at.target;
  if (t >= at.origin) t -= step * Math.ceil((t - at.origin + 1) / step);
  let sum = 0;
  let count = 0;
  const least = weeks > 1 ? leastKnown(weeks) : 0;
  for (let k = 0; t >= 0 && (k < weeks || count < least); k++, t -= step) {
    const sold = at.sold(t);
    if (Number.isNaN(sold)) continue;
    sum += sold;
    count++;
  }
  return sum / count;
}

/** What was sold on the weekday of the target. */
export const sameWeekdayFeatures: Feature[] = [
  ...[1, 4, 8, 26].map((weeks) =>
    fromPast(1, {
      name: `same_weekday_${weeks}_weeks`,
      unit: 'ratio to the level',
      source: 'sales',
      scope: 'target',
      value: (at) => Math.min(8, meanOfWeekday(at, weeks) / at.level),
    }),
  ),
  fromPast(1, {
    name: 'weekday_factor',
    unit: 'log of a factor',
    source: 'sales',
    scope: 'target',
    value: (at) => Math.log(Math.max(0.02, at.timeline.decomposition.weekdayFactor(at.series, at.target))),
  }),
  fromPast(1, {
    name: 'weekday_and_promotion_mean',
    unit: 'ratio to the level',
    source: 'sales',
    scope: 'target',
    value: (at) => at.timeline.dayMeans.ratio(at.series, at.target),
  }),
  fromPast(1, {
    name: 'weekday_and_promotion_support',
    unit: 'share',
    source: 'sales',
    scope: 'target',
    value: (at) => at.timeline.dayMeans.support(at.series, at.target),
  }),
];
