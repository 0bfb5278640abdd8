import { type Feature, fromPast } from './feature.ts';

const FARTHEST_DAYS = 91;

const feature = (name: string, unit: string, value: Feature['value']): Feature =>
  fromPast(1, { name, unit, source: 'sales', scope: 'origin', value });

/** Empty shelves before the origin. */
export const stockFeatures: Feature[] = [
  feature('out_of_stock', 'flag', (at) => (at.inStock(at.origin - 1) === false ? 1 : 0)),
  feature('out_of_stock_share', 'share of 28 days', (at) => {
    const span = at.spanOf(28);
    let out = 0;
    for (let t = at.origin - span; t < at.origin; t++) if (at.inStock(t) === false) out++;
    return out / span;
  }),
  feature('periods_since_out_of_stock', 'periods', (at) => {
    const farthest = at.spanOf(FARTHEST_DAYS);
    for (let k = 1; k <= farthest; k++) if (at.inStock(at.origin - k) === false) return k;
    return Number.NaN;
  }),
];
