import { join } from 'node:path';
import { LeadtimeError } from '../../errors.ts';
import { quoteName, quoteText } from '../warehouse/columns.ts';
import { Warehouse } from '../warehouse/warehouse.ts';
import { martColumns } from './mart-columns.ts';
import type { Manifest } from './snapshot-store.ts';

/**
 * Opens a snapshot for reading: an in-memory database with one view per mart, that can read nothing else on the disk.
 * Close it after use.
 */
export async function openSnapshot(folder: string, manifest: Manifest): Promise<Warehouse> {
  const reader = await Warehouse.open(':memory:');
  for (const mart of manifest.marts) {
    await reader.run(`create view ${quoteName(mart.name)} as from read_parquet(${quoteText(join(folder, mart.file))})`);
  }
  await reader.run(`set allowed_directories = [${quoteText(`${folder}/`)}]`);
  await reader.run('set enable_external_access = false');
  await reader.run('set lock_configuration = true');
  return reader;
}

/**
 * Runs one SELECT on a snapshot.
 *
 * @throws LeadtimeError `QUERY_NOT_SELECT`, `QUERY_COLUMN_NOT_FOUND` with the columns there are, `QUERY_FAILED` with the
 *   marts there are
 */
export async function querySnapshot(folder: string, manifest: Manifest, sql: string): Promise<object[]> {
  const marts = manifest.marts.map((mart) => mart.name);
  const reader = await openSnapshot(folder, manifest);
  try {
    const statements = await reader.connection.extractStatements(sql).catch((error: unknown) => failed(error, marts));
    if (statements.count !== 1 || !/^\s*(--.*\n|\s)*(select|with|from|describe|summarize|\()/i.test(sql)) {
      throw new LeadtimeError(
        'QUERY_NOT_SELECT',
        'A query is one SELECT; a snapshot cannot be changed.',
        'Write a single SELECT.',
        { value: sql },
      );
    }
    return await reader.rows(sql).catch(async (error: unknown) => {
      const read = marts.filter((mart) => new RegExp(`\\b${mart}\\b`, 'i').test(sql));
      const column = unknownColumn(error);
      if (column === undefined || read.length === 0) return failed(error, marts);
      throw await columnNotFound(column, read, reader, error);
    });
  } finally {
    reader.close();
  }
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).trim();

/** The column that DuckDB did not find, if that is what it says. */
function unknownColumn(error: unknown): string | undefined {
  const match = /Referenced column "(.+?)" not found|does not have a column named "(.+?)"/.exec(textOf(error));
  return match?.[1] ?? match?.[2];
}

async function columnNotFound(
  column: string,
  marts: readonly string[],
  reader: Warehouse,
  cause: unknown,
): Promise<LeadtimeError> {
  const lists: string[] = [];
  for (const mart of marts) {
    const names = (await martColumns(reader, mart)).map(({ name }) => name);
    lists.push(`${mart} has ${names.join(', ')}.`);
  }
  return new LeadtimeError(
    'QUERY_COLUMN_NOT_FOUND',
    `There is no column "${column}" in what the query reads.`,
    lists.join(' '),
    { column, ...(marts.length === 1 && { table: marts[0]! }) },
    { cause },
  );
}

function failed(error: unknown, marts: readonly string[]): never {
  throw new LeadtimeError(
    'QUERY_FAILED',
    textOf(error),
    `The marts of this snapshot are ${marts.join(', ')}; the query "describe <mart>" gives the columns of one.`,
    {},
    { cause: error },
  );
}
