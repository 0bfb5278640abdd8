import { type Feature, fromPlan } from './feature.ts';

/** How far ahead the target lies. */
export const horizonFeatures: Feature[] = [
  fromPlan({
    name: 'step',
    unit: 'periods ahead',
    source: 'request',
    scope: 'target',
    value: (at) => at.target - at.origin + 1,
  }),
];
