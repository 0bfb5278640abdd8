import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TABLE_NAMES } from '../../data/contract/tables.ts';
import { quoteText } from '../warehouse/columns.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { type PlannedUnit, sharedTable } from './load-unit.ts';

/** An empty folder beside the warehouse for copies of files, on the same disk. */
export async function workFolderOf(warehouse: Warehouse): Promise<string> {
  const [database] = await warehouse.rows<{ path: string | null }>(
    'select path from duckdb_databases() where database_name = current_database()',
  );
  const file = database?.path;
  return file ? `${file}.load` : join(tmpdir(), `leadtime-load-${process.pid}`);
}

const list = (keys: readonly string[]): string => (keys.length === 0 ? "('')" : `(${keys.map(quoteText).join(', ')})`);

/** Creates the tables that the load keeps its account in. */
export async function prepareTables(warehouse: Warehouse): Promise<void> {
  await warehouse.runFile('load/tables');
}

/** Takes out what is no longer wanted: rows of files that changed or went away, and what a killed load left behind. */
export async function forgetUnits(warehouse: Warehouse, wanted: readonly PlannedUnit[]): Promise<void> {
  await warehouse.transaction(async () => {
    await warehouse.runFile('load/forget_units', { keys: list(wanted.map(({ key }) => key)) });
    for (const table of TABLE_NAMES) {
      if (!(await warehouse.hasRelation(sharedTable(table)))) continue;
      const [shared] = await warehouse.rows<{ n: number }>(
        `select count(*)::integer as n from load_unit where table_name = ${quoteText(table)} and own_table is null`,
      );
      if (shared!.n === 0) await warehouse.run(`drop table ${sharedTable(table)}`);
      else await warehouse.runFile('load/forget_rows', { shared: sharedTable(table), table_name: quoteText(table) });
    }
    const orphans = await warehouse.rows<{ name: string }>(
      `select table_name as name from duckdb_tables() where regexp_matches(table_name, '^load_[a-z]+_[0-9]+$')
        and table_name not in (select own_table from load_unit where own_table is not null)`,
    );
    for (const { name } of orphans) await warehouse.run(`drop table ${name} cascade`);
  });
}

/** Keys of the units that are loaded already; their files' account is brought to the paths they have now. */
export async function keepUnits(warehouse: Warehouse, wanted: readonly PlannedUnit[]): Promise<Set<string>> {
  const rows = await warehouse.rows<{ key: string }>('select unit_key as key from load_unit');
  const known = new Set(rows.map(({ key }) => key));
  for (const unit of wanted) {
    if (!known.has(unit.key)) continue;
    for (const [i, file] of unit.files.entries()) {
      await warehouse.runFile('load/move_account', {
        key: quoteText(unit.key),
        file_id: String(unit.fileId),
        position: String(i),
        path: quoteText(file.path),
      });
    }
  }
  return known;
}
