import { join } from 'node:path';
import { LeadtimeError } from '../../errors.ts';
import { quoteName, quoteText } from '../warehouse/columns.ts';
import { Warehouse } from '../warehouse/warehouse.ts';
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
 * @throws LeadtimeError `QUERY_NOT_SELECT`, `QUERY_FAILED` with the marts there are
 */
export async function querySnapshot(folder: string, manifest: Manifest, sql: string): Promise<object[]> {
  const reader = await openSnapshot(folder, manifest);
  try {
    const statements = await reader.connection
      .extractStatements(sql)
      .catch((error: unknown) => failed(error, manifest));
    if (statements.count !== 1 || !/^\s*(--.*\n|\s)*(select|with|from|describe|summarize|\()/i.test(sql)) {
      throw new LeadtimeError(
        'QUERY_NOT_SELECT',
        'A query is one SELECT; a snapshot cannot be changed.',
        'Write a single SELECT.',
        { value: sql },
      );
    }
    return await reader.rows(sql).catch((error: unknown) => failed(error, manifest));
  } finally {
    reader.close();
  }
}

function failed(error: unknown, manifest: Manifest): never {
  const text = (error instanceof Error ? error.message : String(error)).trim();
  throw new LeadtimeError(
    'QUERY_FAILED',
    text,
    `The marts of this snapshot are ${manifest.marts.map((mart) => mart.name).join(', ')}.`,
    {},
    { cause: error },
  );
}
