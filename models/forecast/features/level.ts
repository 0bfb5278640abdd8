import { type Feature, fromPast, logRatio } from './feature.ts';

/** Level of a series: how much it sells, of late and in the long run. */
export const levelFeatures: Feature[] = [
  fromPast(1, {
    name: 'level',
    unit: 'log units per period',
    source: 'sales',
    scope: 'origin',
    value: (at) => (at.level > 0 ? Math.log(at.level) : Number.NaN),
  }),
  fromPast(1, {
    name: 'level_of_a_week',
    unit: 'log ratio to the level',
    source: 'sales',
    scope: 'origin',
    value: (at) => logRatio(at.timeline.decomposition.level(at.series, 0), at.level),
  }),
  fromPast(1, {
    name: 'level_of_a_quarter',
    unit: 'log ratio to the level',
    source: 'sales',
    scope: 'origin',
    value: (at) => logRatio(at.timeline.decomposition.level(at.series, 2), at.level),
  }),
  fromPast(1, {
    name: 'noise',
    unit: 'coefficient of variation around level, weekday and effects',
    source: 'sales',
    scope: 'origin',
    value: (at) => Math.min(4, Math.sqrt(at.timeline.decomposition.noise(at.series))),
  }),
];
