import type { Warehouse } from '../warehouse/warehouse.ts';
import type { LoadWarning } from './load-unit.ts';

/** References worth a word when they lead nowhere; rows are loaded all the same. */
const REFERENCES = [
  { table: 'sales', column: 'product_id', to: 'products', code: 'UNKNOWN_PRODUCT' },
  { table: 'sales', column: 'location_id', to: 'locations', code: 'UNKNOWN_LOCATION' },
  { table: 'stock', column: 'product_id', to: 'products', code: 'UNKNOWN_PRODUCT' },
  { table: 'stock', column: 'location_id', to: 'locations', code: 'UNKNOWN_LOCATION' },
  { table: 'inbound', column: 'product_id', to: 'products', code: 'UNKNOWN_PRODUCT' },
  { table: 'inbound', column: 'location_id', to: 'locations', code: 'UNKNOWN_LOCATION' },
  { table: 'orders', column: 'customer_id', to: 'customers', code: 'UNKNOWN_CUSTOMER' },
  { table: 'payments', column: 'customer_id', to: 'customers', code: 'UNKNOWN_CUSTOMER' },
] as const;

/** Rows that name a product, location or customer that its own table does not know, one warning per column. */
export async function referenceWarnings(warehouse: Warehouse): Promise<LoadWarning[]> {
  const given = await warehouse.rows<{ name: string }>('select distinct table_name as name from load_unit');
  const has = new Set(given.map(({ name }) => name));
  const warnings: LoadWarning[] = [];
  for (const { table, column, to, code } of REFERENCES) {
    if (!has.has(table) || !has.has(to)) continue;
    const sql = `select value, n from (select ${column} as value, count(*)::double as n from raw_${table} group by 1)
      where value is not null and value not in (select ${column} from raw_${to}) order by value`;
    const unknown = await warehouse.rows<{ value: string; n: number }>(sql);
    if (unknown.length === 0) continue;
    const rows = unknown.reduce((sum, { n }) => sum + n, 0);
    const examples = unknown
      .slice(0, 3)
      .map(({ value }) => `"${value}"`)
      .join(', ');
    warnings.push({
      table,
      path: '',
      column,
      code,
      rows,
      message: `${rows} rows of ${table} name ${unknown.length} ${column} that ${to} does not have (${examples}${unknown.length > 3 ? ', ...' : ''}); they are loaded`,
    });
  }
  return warnings;
}
