import type { PanelAttribute } from '../../models/panel.ts';
import type { Warehouse } from './warehouse.ts';

/** The free attributes of products and of locations, by name. */
export async function readAttributes(
  warehouse: Warehouse,
  counts: { products: number; locations: number },
): Promise<{ products: PanelAttribute[]; locations: PanelAttribute[] }> {
  const { rows, columns } = await warehouse.read(
    'int_attributes',
    { source: 'text', idx: 'i32', name: 'text', value: 'text' },
    ['source', 'name', 'idx'],
  );
  const attributes = { products: [] as PanelAttribute[], locations: [] as PanelAttribute[] };
  for (let i = 0; i < rows; i++) {
    const source = columns.source[i] as keyof typeof attributes;
    const own = attributes[source];
    const name = columns.name[i]!;
    if (own.at(-1)?.name !== name) own.push({ name, values: new Array<string>(counts[source]).fill('') });
    own.at(-1)!.values[columns.idx[i]!] = columns.value[i]!;
  }
  return attributes;
}
