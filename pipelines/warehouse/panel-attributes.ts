import type { PanelAttribute } from '../../models/panel.ts';
import type { Warehouse } from './warehouse.ts';

/** The free attributes of `products` or `locations`, by name. */
export async function readAttributes(
  warehouse: Warehouse,
  source: 'products' | 'locations',
  count: number,
): Promise<PanelAttribute[]> {
  const { rows, columns } = await warehouse.read(
    'int_attributes',
    { source: 'text', idx: 'i32', name: 'text', value: 'text' },
    ['source', 'name', 'idx'],
  );
  const attributes: PanelAttribute[] = [];
  for (let i = 0; i < rows; i++) {
    if (columns.source[i] !== source) continue;
    const name = columns.name[i]!;
    if (attributes.at(-1)?.name !== name) attributes.push({ name, values: new Array<string>(count).fill('') });
    attributes.at(-1)!.values[columns.idx[i]!] = columns.value[i]!;
  }
  return attributes;
}
