import { type Feature, fromPast } from './feature.ts';

/** Sales of single days before the origin, without weekday and effects. */
export const lagFeatures: Feature[] = [1, 2, 3, 4, 5, 6, 7].map((lag) =>
  fromPast(lag, {
    name: `lag_${lag}`,
    unit: 'ratio to the level',
    source: 'sales',
    scope: 'origin',
    value: (at) => Math.min(6, at.adjusted(at.origin - lag) / at.level),
  }),
);
