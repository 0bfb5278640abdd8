import { join } from 'node:path';
import { quoteText } from '../warehouse/columns.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { toPlainText } from './plain-text.ts';
import type { OpenFile } from './readable-file.ts';
import { reading } from './refusal.ts';
import { type Layout, locateRecords, readRecords } from './scan.ts';
import type { SourceFile } from './sources.ts';
import { brokenRecords, linesOf, picker, plainPath, scanFile } from './text-file.ts';

/** SQL of the lines of a text, one column `line`; empty lines are left out. */
const linesSql = (path: string): string =>
  `(select line from read_csv(${quoteText(path)}, columns = {line: 'VARCHAR'}, header = false, auto_detect = false,
    compression = 'none', delim = '\u0001', quote = '', escape = '', strict_mode = false) where line is not null)`;

/** Lines as they stand, for a SELECT that takes them apart. */
export async function openLines(file: SourceFile, workFolder: string, name: string): Promise<OpenFile> {
  const plain = await toPlainText(file.absolute, workFolder, name);
  const layout: Layout = { start: plain.skip, firstLine: 1, fields: 0 };
  const text = await scanFile(plain.path, layout, {
    isWhole: plain.skip === 0,
    copy: join(workFolder, `${name}.clean`),
  });
  // A broken line was made the placeholder of a record without columns.
  const relation = (path: string): string =>
    `(select case when line <> '{}' then line end as c0 from ${linesSql(path)})`;
  return {
    file,
    records: text.scan.records,
    columns: [{ name: 'line', type: 'VARCHAR' }],
    relation: relation(plainPath(text.readable, workFolder, name)),
    broken: brokenRecords(text.scan, text.path, 1),
    lines: linesOf(text),
    pick: picker(text, join(workFolder, `${name}.picked`), relation),
  };
}

const MAX_KEYS_LOOKED_AT = 10_000;

/** Opens a file of one JSON object per line; its columns are the keys seen in the first ones. */
export async function openJsonl(
  warehouse: Warehouse,
  file: SourceFile,
  workFolder: string,
  name: string,
): Promise<OpenFile> {
  const plain = await toPlainText(file.absolute, workFolder, name);
  const layout: Layout = { start: plain.skip, firstLine: 1, fields: 0 };
  const text = await scanFile(plain.path, layout, {
    isWhole: plain.skip === 0,
    copy: join(workFolder, `${name}.clean`),
  });
  const table = `load_lines_${name}`;
  await reading(() =>
    warehouse.run(
      `create or replace temp table ${table} as from ${linesSql(plainPath(text.readable, workFolder, name))}`,
    ),
  );
  const isObject = "case when json_valid(line) then json_type(line) = 'OBJECT' else false end";
  const bad = await warehouse.rows<{ ordinal: number }>(
    `select rowid::double as ordinal from ${table} where not ${isObject} order by 1`,
  );
  const broken = brokenRecords(text.scan, text.path, 1);
  if (bad.length > 0) {
    const places = locateRecords(
      text.path,
      layout,
      Int32Array.from(bad, ({ ordinal }) => ordinal),
    );
    const raw = readRecords(text.path, places);
    places.forEach(({ index, line }, i) => {
      const message = 'the line is not one JSON object; write one object per line';
      broken.push({ ordinal: index, line, code: 'INVALID_JSON', message, raw: raw[i]! });
    });
    broken.sort((a, b) => a.ordinal - b.ordinal);
  }
  const keys = await warehouse.rows<{ key: string }>(
    `select key from (select unnest(json_keys(line)) as key, rowid as seen from ${table} where ${isObject}
      limit ${MAX_KEYS_LOOKED_AT}) group by key order by min(seen), key`,
  );
  const list = keys.map(({ key }) => quoteText(`$."${key}"`));
  const relation = (from: string): string =>
    `(select ${list.map((path, i) => `json_extract_string(object, ${path}) as c${i}`).join(', ') || 'null as c0'}
      from (select case when ${isObject} then line else '{}' end as object from ${from}))`;
  return {
    file,
    records: text.scan.records,
    columns: keys.map(({ key }) => ({ name: key, type: 'VARCHAR' })),
    relation: relation(table),
    broken,
    lines: linesOf(text),
    pick: picker(text, join(workFolder, `${name}.picked`), (path) => relation(linesSql(path))),
  };
}
