import type { Panel, PanelAttribute } from '../../panel.ts';
import { type Feature, fromMaster } from './feature.ts';
import { MOST_NAMES } from './identity.ts';

/**
 * The free attributes of products and locations. Numbers are taken as such; other text is a category, unless all are the
 * same or there are too many names to learn anything of one. An empty value is not known.
 */
export function attributeFeatures({ products, locations, productOf, locationOf }: Panel): Feature[] {
  return [
    ...(products.attributes ?? []).flatMap((attribute) => featureOf(attribute, 'products', productOf)),
    ...(locations.attributes ?? []).flatMap((attribute) => featureOf(attribute, 'locations', locationOf)),
  ];
}

function featureOf({ name, values }: PanelAttribute, source: 'products' | 'locations', of: Int32Array): Feature[] {
  const names = [...new Set(values)].filter((value) => value !== '').sort();
  if (names.length < 2) return [];
  const isNumeric = names.every((value) => Number.isFinite(Number(value)));
  if (!isNumeric && names.length > MOST_NAMES) return [];
  const codeOf = new Map(names.map((value, i) => [value, isNumeric ? Number(value) : i]));
  const codes = Float64Array.from(values, (value) => codeOf.get(value) ?? Number.NaN);
  const body = {
    name: `${source} ${name}`,
    unit: 'as given',
    source,
    value: (at: { series: number }) => codes[of[at.series]!]!,
  };
  return [fromMaster(body, isNumeric ? 'numeric' : 'categorical')];
}
