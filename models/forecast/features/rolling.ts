import { type Feature, fromPast, logRatio } from './feature.ts';
import type { Vantage } from './vantage.ts';

const MEAN_DAYS = [7, 14, 28, 56, 91, 182, 364];
const SPREAD_DAYS = [28, 91];

/** Means over windows that end at the origin, without weekday and effects. */
const means: Feature[] = MEAN_DAYS.map((days) =>
  fromPast(1, {
    name: `mean_${days}_days`,
    unit: 'log ratio to the level',
    source: 'sales',
    scope: 'origin',
    value: (at) => logRatio(at.recentMean(at.spanOf(days)), at.level),
  }),
);

/** Standard deviation over windows that end at the origin. */
const spreads: Feature[] = SPREAD_DAYS.map((days) =>
  fromPast(1, {
    name: `sd_${days}_days`,
    unit: 'ratio to the level',
    source: 'sales',
    scope: 'origin',
    value: (at) => standardDeviation(at, at.spanOf(days)) / at.level,
  }),
);

const shares: Feature[] = SPREAD_DAYS.map((days) =>
  fromPast(1, {
    name: `zero_share_${days}_days`,
    unit: 'share of periods without a sale',
    source: 'sales',
    scope: 'origin',
    value: (at) => {
      let known = 0;
      let zero = 0;
      for (let t = at.origin - at.spanOf(days); t < at.origin; t++) {
        const sold = at.sold(t);
        if (Number.isNaN(sold)) continue;
        known++;
        if (sold === 0) zero++;
      }
      return zero / known;
    },
  }),
);

const extremes: Feature[] = [
  fromPast(1, {
    name: 'max_28_days',
    unit: 'ratio to the level',
    source: 'sales',
    scope: 'origin',
    value: (at) => {
      let most = Number.NaN;
      for (let t = at.origin - at.spanOf(28); t < at.origin; t++) {
        const value = at.adjusted(t);
        if (!(value <= most) && value >= 0) most = value;
      }
      return Math.min(20, most / at.level);
    },
  }),
  fromPast(1, {
    name: 'periods_since_a_sale',
    unit: 'periods',
    source: 'sales',
    scope: 'origin',
    value: (at) => {
      const earliest = Math.max(0, at.origin - at.spanOf(182));
      for (let t = at.origin - 1; t >= earliest; t--) if (at.sold(t) > 0) return at.origin - t;
      return Number.NaN;
    },
  }),
];

export const rollingFeatures: Feature[] = [...means, ...spreads, ...shares, ...extremes];

function standardDeviation(at: Vantage, span: number): number {
  let count = 0;
  let mean = 0;
  let squares = 0;
  for (let t = at.origin - span; t < at.origin; t++) {
    const value = at.adjusted(t);
    if (Number.isNaN(value)) continue;
    count++;
    const off = value - mean;
    mean += off / count;
    squares += off * (value - mean);
  }
  return count > 1 ? Math.sqrt(squares / (count - 1)) : Number.NaN;
}
