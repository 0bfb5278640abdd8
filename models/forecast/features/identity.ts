import type { Panel } from '../../panel.ts';
import { type Feature, fromMaster, fromPast } from './feature.ts';

/** More names than this and a name says nothing that could be learned from the rows at hand. */
export const MOST_NAMES = 64;

/** Which product, category, location and region a series is of, and how long it has been on sale. */
export function identityFeatures(panel: Panel): Feature[] {
  const { products, locations, productOf, locationOf } = panel;
  const named = (
    name: string,
    source: 'products' | 'locations',
    labels: readonly string[],
    of: Int32Array,
  ): Feature[] => {
    const names = [...new Set(labels)].sort();
    if (names.length < 2 || names.length > MOST_NAMES) return [];
    const index = new Map(names.map((label, i) => [label, i]));
    const codes = Int32Array.from(labels, (label) => index.get(label)!);
    return [fromMaster({ name, unit: 'name', source, value: (at) => codes[of[at.series]!]! })];
  };
  return [
    ...named('product', 'products', products.ids, productOf),
    ...named('category', 'products', products.category, productOf),
    ...named('department', 'products', products.department, productOf),
    ...named('location', 'locations', locations.ids, locationOf),
    ...named('region', 'locations', locations.region, locationOf),
    fromPast(1, {
      name: 'age',
      unit: 'log periods since the first record',
      source: 'sales',
      scope: 'origin',
      value: (at) => Math.log(Math.max(1, at.origin - panel.firstPeriod[at.series]!)),
    }),
  ];
}
