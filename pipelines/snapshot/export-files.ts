import { closeSync, createReadStream, createWriteStream, openSync, rmSync, writeSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { quoteName, quoteText } from '../warehouse/columns.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { MartColumn } from './mart-columns.ts';

const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Writes a relation as CSV for spreadsheets: UTF-8 with a byte order mark, and a text that a spreadsheet would run as a
 * formula (starting with = + - @, a tab or a carriage return) made harmless by an apostrophe before it.
 */
export async function exportCsv(
  warehouse: Warehouse,
  relation: string,
  columns: readonly MartColumn[],
  orderBy: readonly string[],
  file: string,
): Promise<void> {
  const body = `${file}.body`;
  const select = columns.map(({ name, kind }) =>
    kind === 'text'
      ? `case when regexp_matches(${quoteName(name)}, '^[=+\\-@\\t\\r]') then '''' || ${quoteName(name)} else ${quoteName(name)} end as ${quoteName(name)}`
      : quoteName(name),
  );
  await warehouse.runFile('publish/copy_csv', {
    select: select.join(', '),
    relation: quoteName(relation),
    order: orderClause(orderBy),
    file: quoteText(body),
  });
  const handle = openSync(file, 'w');
  writeSync(handle, BYTE_ORDER_MARK);
  closeSync(handle);
  await pipeline(createReadStream(body), createWriteStream(file, { flags: 'a' }));
  rmSync(body);
}

/** Writes a relation as Parquet, in a fixed order. */
export async function exportParquet(
  warehouse: Warehouse,
  relation: string,
  orderBy: readonly string[],
  file: string,
): Promise<void> {
  await warehouse.runFile('publish/copy_parquet', {
    relation: quoteName(relation),
    order: orderClause(orderBy),
    file: quoteText(file),
  });
}

function orderClause(orderBy: readonly string[]): string {
  return orderBy.length === 0 ? '' : `order by ${orderBy.map(quoteName).join(', ')}`;
}
