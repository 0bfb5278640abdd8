import { closeSync, openSync, readSync, symlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { EVENT } from '../../models/kernels/record-scanner.ts';
import { quoteText } from '../warehouse/columns.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { readHeader } from './header.ts';
import { copyPatched, type Patch, toPlainText } from './plain-text.ts';
import { Refusal } from './refusal.ts';
import { type Layout, locateRecords, readRecords, type Scan, scanText } from './scan.ts';
import type { SourceFile } from './sources.ts';

export interface FileColumn {
  /** As the file names it. */
  name: string;
  /** DuckDB type. */
  type: string;
}

/** A record that cannot be read at all. */
export interface BrokenRecord {
  ordinal: number;
  line: number;
  code: string;
  message: string;
  raw: string;
}

/** A file made readable for DuckDB, with its records counted by an independent reader. */
export interface OpenFile {
  file: SourceFile;
  records: number;
  columns: FileColumn[];
  /** SQL of a relation with columns c0, c1, ...; broken records are rows of NULLs, so that row i is record i. */
  relation: string;
  broken: BrokenRecord[];
  /** Line of record i is i + shift of the last jump that is not after it. */
  lines: { first: number; shift: number }[];
  /** Records by ascending ordinal: their line and text, and a relation with columns c0, c1, ... of just them. */
  pick(ordinals: Int32Array): Promise<{ lines: Float64Array; raw: string[]; relation: string }>;
}

const unreadable = (error: unknown): Refusal => {
  const text = (error as Error).message.split('\n')[0]!;
  const truncated = /too small|No magic bytes|footer|end of file/i.test(text);
  return new Refusal(
    truncated ? 'TRUNCATED_FILE' : 'CORRUPT_FILE',
    `the file cannot be read: ${text}`,
    'Copy or export the file again; it did not arrive whole.',
  );
};

/** Runs a query over a file; what DuckDB cannot read becomes a Refusal. */
export async function reading<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (
      error instanceof Error &&
      /^(Invalid Input|IO|Serialization|Conversion|TProtocol|Invalid|ZSTD)\b/i.test(error.message)
    ) {
      throw unreadable(error);
    }
    throw error;
  }
}

/** A path that DuckDB does not take for a pattern. */
function plainPath(path: string, workFolder: string, name: string): string {
  if (!/[*?[\]]/.test(path)) return path;
  const link = join(workFolder, `${name}.link`);
  symlinkSync(path, link);
  return link;
}

function brokenRecords(scan: Scan, path: string, fields: number): BrokenRecord[] {
  const raw = readRecords(path, scan.broken);
  return scan.broken.map((event, i) => {
    const [code, message] = ((): [string, string] => {
      const { code, fields: has } = event;
      if (code === EVENT.tooFew)
        return [
          'TOO_FEW_COLUMNS',
          `the line has ${has} values where the header has ${fields}; add the missing ones or delimiters`,
        ];
      if (code === EVENT.tooMany)
        return [
          'TOO_MANY_COLUMNS',
          `the line has ${has} values where the header has ${fields}; put values that hold the delimiter in quotes`,
        ];
      if (code === EVENT.strayQuote)
        return ['STRAY_QUOTE', 'text follows a closing quote; double the quotes inside a quoted value'];
      if (code === EVENT.invalidText)
        return ['INVALID_TEXT', 'the line is not UTF-8 text or holds a NUL byte; save the file as UTF-8'];
      if (code === EVENT.tooLarge)
        return [
          'TOO_LARGE',
          `the record has ${event.end - event.start} bytes, more than 1,000,000; shorten its values`,
        ];
      return ['MISSING_VALUE', 'every value of the line is empty; delete the line'];
    })();
    return { ordinal: event.index, line: event.line, code, message, raw: raw[i]! };
  });
}

interface TextFile {
  path: string;
  layout: Layout;
  scan: Scan;
  /** What DuckDB reads: the file, or a copy in which broken records are empty and line ends uniform. */
  readable: string;
  skipsHeader: boolean;
}

async function scanFile(path: string, layout: Layout, readable: { isWhole: boolean; copy: string }): Promise<TextFile> {
  const scan = scanText(path, layout);
  if (scan.unclosedLine > 0) {
    throw new Refusal(
      'UNCLOSED_QUOTE',
      `the quote that opens on line ${scan.unclosedLine} is not closed, so the records after it cannot be told apart`,
      'Close the quote, or double it where it belongs to the value.',
      { line: scan.unclosedLine, records: scanText(path, { ...layout, delimiter: undefined, fields: 0 }).records },
    );
  }
  const placeholder = Buffer.from(layout.delimiter === undefined ? '{}' : layout.delimiter.repeat(layout.fields - 1));
  const patches: Patch[] = [
    ...scan.broken
      .filter((event) => event.code !== EVENT.allEmpty)
      .map(({ start, end }) => ({ start, end, text: placeholder })),
    ...scan.loneCr.map(({ start, end }) => ({ start, end, text: Buffer.from('\n') })),
  ].sort((a, b) => a.start - b.start);
  if (patches.length === 0 && readable.isWhole) return { path, layout, scan, readable: path, skipsHeader: true };
  copyPatched(path, readable.copy, layout.start, scan.end, patches);
  return { path, layout, scan, readable: readable.copy, skipsHeader: false };
}

function linesOf(text: TextFile): OpenFile['lines'] {
  const jumps = text.scan.jumps.map(({ index, line }) => ({ first: index, shift: line - index }));
  return jumps[0]?.first === 0 ? jumps : [{ first: 0, shift: text.layout.firstLine }, ...jumps];
}

/** Writes the records at some places to a file of their own, one after another. */
function extract(path: string, places: readonly { start: number; end: number }[], to: string): void {
  const source = openSync(path, 'r');
  const target = openSync(to, 'w');
  try {
    for (const { start, end } of places) {
      const bytes = Buffer.alloc(end - start + 1, 10);
      readSync(source, bytes, 0, end - start, start);
      writeSync(target, bytes);
    }
  } finally {
    closeSync(source);
    closeSync(target);
  }
}

function picker(text: TextFile, to: string, relation: (path: string) => string): OpenFile['pick'] {
  return async (ordinals) => {
    const places = locateRecords(text.path, text.layout, ordinals);
    extract(text.path, places, to);
    return {
      lines: Float64Array.from(places, ({ line }) => line),
      raw: readRecords(text.path, places),
      relation: relation(to),
    };
  };
}

async function openCsv(file: SourceFile, delimiter: string, workFolder: string, name: string): Promise<OpenFile> {
  const plain = await toPlainText(file.absolute, workFolder, name);
  const header = readHeader(plain, delimiter);
  const fields = header.names.length;
  const layout: Layout = { start: header.start, firstLine: header.firstLine, delimiter, fields };
  const text = await scanFile(plain.path, layout, {
    isWhole: header.isFirstLine && header.lineEnd !== 'cr',
    copy: join(workFolder, `${name}.clean`),
  });
  const columns = header.names.map((_, i) => `c${i}: 'VARCHAR'`).join(', ');
  const ends = { lf: text.scan.lf, crlf: text.scan.crlf };
  if (text.skipsHeader && header.lineEnd !== 'cr') ends[header.lineEnd]++;
  const isUniform = text.scan.cr === 0 && (ends.lf === 0 || ends.crlf === 0);
  const read = (path: string, hasHeader: boolean): string => {
    const sql = `read_csv(${quoteText(path)}, columns = {${columns}}, header = ${hasHeader}, auto_detect = false,
      compression = 'none', delim = ${quoteText(delimiter)}, quote = '"', escape = '"', strict_mode = ${isUniform && hasHeader})`;
    return fields === 1 ? `(from ${sql} where c0 is not null)` : sql;
  };
  return {
    file,
    records: text.scan.records,
    columns: header.names.map((column) => ({ name: column, type: 'VARCHAR' })),
    relation: read(plainPath(text.readable, workFolder, name), text.skipsHeader),
    broken: brokenRecords(text.scan, text.path, fields),
    lines: linesOf(text),
    pick: picker(text, join(workFolder, `${name}.picked`), (path) => read(path, false)),
  };
}

const MAX_KEYS_LOOKED_AT = 10_000;

async function openJsonl(warehouse: Warehouse, file: SourceFile, workFolder: string, name: string): Promise<OpenFile> {
  const plain = await toPlainText(file.absolute, workFolder, name);
  const layout: Layout = { start: plain.skip, firstLine: 1, fields: 0 };
  const text = await scanFile(plain.path, layout, { isWhole: true, copy: join(workFolder, `${name}.clean`) });
  const lines = (path: string): string =>
    `(select line from read_csv(${quoteText(path)}, columns = {line: 'VARCHAR'}, header = false, auto_detect = false,
      compression = 'none', delim = '\u0001', quote = '', escape = '', strict_mode = false) where line is not null)`;
  const table = `load_lines_${name}`;
  await reading(() =>
    warehouse.run(`create or replace temp table ${table} as from ${lines(plainPath(text.readable, workFolder, name))}`),
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
    pick: picker(text, join(workFolder, `${name}.picked`), (path) => relation(lines(path))),
  };
}

async function openParquet(
  warehouse: Warehouse,
  file: SourceFile,
  workFolder: string,
  name: string,
): Promise<OpenFile> {
  const path = quoteText(plainPath(file.absolute, workFolder, name));
  const [counted, described] = await reading(async () => [
    await warehouse.rows<{ n: number }>(`select sum(num_rows)::double as n from parquet_file_metadata(${path})`),
    await warehouse.rows<{ column_name: string; column_type: string }>(`describe from read_parquet(${path})`),
  ]);
  const names = described.map(({ column_name: column }, i) => `"${column.replaceAll('"', '""')}" as c${i}`).join(', ');
  return {
    file,
    records: counted[0]!.n,
    columns: described.map((column) => ({ name: column.column_name, type: column.column_type })),
    relation: `(select ${names} from read_parquet(${path}))`,
    broken: [],
    lines: [{ first: 0, shift: 1 }],
    pick: async (ordinals) => {
      const wanted = `(select * from read_parquet(${path}, file_row_number = true)
        where file_row_number in (${[...ordinals].join(', ')}) order by file_row_number)`;
      const rows = await reading(() =>
        warehouse.rows<{ raw: string }>(`select to_json(t)::varchar as raw from ${wanted} as t`),
      );
      return {
        lines: Float64Array.from(ordinals, (ordinal) => ordinal + 1),
        raw: rows.map(({ raw }) => raw),
        relation: `(select ${names} from ${wanted})`,
      };
    },
  };
}

/**
 * Opens a file of any format.
 *
 * @param workFolder for copies; emptied by the caller
 * @param name of those copies, unique within the load
 * @throws Refusal where the file as a whole cannot be loaded
 */
export async function openFile(
  warehouse: Warehouse,
  file: SourceFile,
  delimiter: string,
  workFolder: string,
  name: string,
): Promise<OpenFile> {
  if (file.format === 'parquet') return openParquet(warehouse, file, workFolder, name);
  if (file.format === 'jsonl') return openJsonl(warehouse, file, workFolder, name);
  return openCsv(file, delimiter, workFolder, name);
}
