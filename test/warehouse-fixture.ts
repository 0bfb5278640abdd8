import { type Config, type ConfigInput, parseConfig } from '../data/contract/config.ts';
import { contractOf, TABLE_NAMES, type TableName } from '../data/contract/tables.ts';
import { dayOf } from '../data/day.ts';
import { quoteName, quoteText } from '../pipelines/warehouse/columns.ts';
import { setRunVariables } from '../pipelines/warehouse/run-variables.ts';
import { Warehouse } from '../pipelines/warehouse/warehouse.ts';

const sqlTypes = {
  text: 'varchar',
  integer: 'bigint',
  quantity: 'double',
  money: 'double',
  number: 'double',
  fraction: 'double',
  boolean: 'boolean',
  date: 'date',
  timestamp: 'timestamp',
};

export type GivenRows = Partial<Record<TableName, Record<string, string | number | boolean | null>[]>>;

/** A warehouse in memory whose raw tables hold just the rows given; columns not named are empty. */
export async function warehouseWith(
  given: GivenRows,
  asOf: string,
  input: Partial<ConfigInput> = {},
): Promise<{ warehouse: Warehouse; config: Config }> {
  const config = parseConfig({ name: 'test', currency: 'EUR', sources: {}, ...input }, 'test');
  const warehouse = await Warehouse.open(':memory:');
  await setRunVariables(warehouse, config, dayOf(asOf));
  for (const table of TABLE_NAMES) {
    const columns = Object.entries(contractOf(table).columns).map(
      ([name, { type }]) => `${quoteName(name)} ${sqlTypes[type]}`,
    );
    if (contractOf(table).freeAttributes) columns.push('attributes varchar');
    await warehouse.run(`create table raw_${table} (${columns.join(', ')}, _file_id integer, _line bigint)`);
    for (const [line, row] of (given[table] ?? []).entries()) {
      const names = [...Object.keys(row), '_file_id', '_line'].map(quoteName).join(', ');
      const values = Object.values(row).map((value) => (typeof value === 'string' ? quoteText(value) : String(value)));
      await warehouse.run(`insert into raw_${table} (${names}) values (${[...values, 1, line + 2].join(', ')})`);
    }
  }
  return { warehouse, config };
}
