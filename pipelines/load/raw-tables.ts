import { contractOf, TABLE_NAMES, type TableName } from '../../data/contract/tables.ts';
import { quoteName, quoteText } from '../warehouse/columns.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { sharedTable } from './load-unit.ts';
import { DUCKDB_TYPES } from './typed-columns.ts';

/** Columns of `raw_<table>` with their DuckDB types: the contract's, then `attributes` where they are free, `_file_id`, `_line`. */
export function rawColumns(table: TableName): { name: string; type: string }[] {
  const contract = contractOf(table);
  return [
    ...Object.entries(contract.columns).map(([name, { type }]) => ({ name, type: DUCKDB_TYPES[type] })),
    ...(contract.freeAttributes ? [{ name: 'attributes', type: 'varchar' }] : []),
    { name: '_file_id', type: 'integer' },
    { name: '_line', type: 'bigint' },
  ];
}

async function dropRelation(warehouse: Warehouse, name: string): Promise<void> {
  const [found] = await warehouse.rows<{ kind: string }>(
    `select 'table' as kind from duckdb_tables() where table_name = ${quoteText(name)}
      union all select 'view' from duckdb_views() where view_name = ${quoteText(name)} and not internal`,
  );
  if (found) await warehouse.run(`drop ${found.kind} ${quoteName(name)}`);
}

/** Creates `raw_<table>` as an empty table for each of the contract; for inputs that are not given, and for tests. */
export async function createRawTables(warehouse: Warehouse, tables: readonly TableName[] = TABLE_NAMES): Promise<void> {
  for (const table of tables) {
    await dropRelation(warehouse, `raw_${table}`);
    const columns = rawColumns(table).map(({ name, type }) => `${quoteName(name)} ${type}`);
    await warehouse.run(`create table raw_${table} (${columns.join(', ')})`);
  }
}

interface UnitRow {
  table_name: TableName;
  file_id: number;
  own_table: string | null;
  /** Line of row 0; null: the own table has a column `_line`. */
  first_line: number | null;
}

/** Points `raw_<table>` at what is loaded: a view over the shared table and the tables of big files. */
export async function refreshRawTables(warehouse: Warehouse): Promise<void> {
  const units = await warehouse.rows<UnitRow>(
    `select table_name, file_id, own_table, first_line::double as first_line from load_unit order by file_id`,
  );
  for (const table of TABLE_NAMES) {
    const mine = units.filter((unit) => unit.table_name === table);
    if (mine.length === 0) {
      await createRawTables(warehouse, [table]);
      continue;
    }
    const columns = rawColumns(table).map(({ name }) => quoteName(name));
    const parts = mine.flatMap((unit) =>
      unit.own_table === null
        ? []
        : [
            `select ${columns.slice(0, -2).join(', ')}, ${unit.file_id}::integer as _file_id,
              ${unit.first_line === null ? '_line' : `(rowid + ${unit.first_line})::bigint`} as _line from ${unit.own_table} where _ok`,
          ],
    );
    if (parts.length < mine.length) parts.unshift(`select ${columns.join(', ')} from ${sharedTable(table)}`);
    await dropRelation(warehouse, `raw_${table}`);
    await warehouse.run(`create view raw_${table} as ${parts.join(' union all ')}`);
  }
}
