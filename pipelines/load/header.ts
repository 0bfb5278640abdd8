import { contractOf, type TableName } from '../../data/contract/tables.ts';
import type { PlainText } from './plain-text.ts';
import { readHead } from './plain-text.ts';
import { Refusal } from './refusal.ts';
import { MAX_RECORD_BYTES } from './scan.ts';

export interface Header {
  names: string[];
  /** Where the first record begins. */
  start: number;
  firstLine: number;
  /** The header is the file's first line, so DuckDB skips it by itself. */
  isFirstLine: boolean;
  lineEnd: 'lf' | 'crlf' | 'cr';
}

/** The fields of one record of CSV text, and where the next one begins. */
export function parseRecord(text: string, delimiter: string): { fields: string[]; length: number } {
  const fields: string[] = [];
  let field = '';
  let at = 0;
  let quoted = false;
  for (; at < text.length; at++) {
    const c = text[at]!;
    if (quoted) {
      if (c !== '"') field += c;
      else if (text[at + 1] === '"') {
        field += '"';
        at++;
      } else quoted = false;
    } else if (c === '"' && field === '') quoted = true;
    else if (c === delimiter) {
      fields.push(field);
      field = '';
    } else if (c === '\n' || c === '\r') {
      at += c === '\r' && text[at + 1] === '\n' ? 2 : 1;
      break;
    } else field += c;
  }
  fields.push(field);
  return { fields, length: at };
}

/**
 * Reads the header of a CSV file.
 *
 * @throws Refusal `EMPTY_FILE` where there is none, `HEADER_NOT_READABLE` where it has no end
 */
export function readHeader(plain: PlainText, delimiter: string): Header {
  const head = readHead(plain.path, MAX_RECORD_BYTES).subarray(plain.skip);
  const text = head.toString('latin1');
  const blank = /^[\r\n]*/.exec(text)![0];
  const rest = text.slice(blank.length);
  if (rest === '') throw new Refusal('EMPTY_FILE', 'the file has no header', 'Export the file again, with its header.');
  const { fields, length } = parseRecord(rest, delimiter);
  if (length === rest.length && head.length + plain.skip === MAX_RECORD_BYTES) {
    throw new Refusal(
      'HEADER_NOT_READABLE',
      'the header does not end within the first 1,000,000 bytes',
      'Close the quote in the header, or check that this is a CSV file.',
      { line: 1 },
    );
  }
  const lines = (part: string): number => part.match(/\r\n|\n|\r/g)?.length ?? 0;
  const consumed = blank + rest.slice(0, length);
  return {
    names: fields.map((field) => Buffer.from(field, 'latin1').toString('utf8').trim().replaceAll('\0', '\u2400')),
    start: plain.skip + consumed.length,
    firstLine: 1 + lines(consumed),
    isFirstLine: blank === '' && lines(consumed) <= 1,
    lineEnd: consumed.endsWith('\r\n') ? 'crlf' : consumed.endsWith('\r') ? 'cr' : 'lf',
  };
}

export interface ColumnMatch {
  /** Position in the file of each contract column that is there. */
  positions: Map<string, number>;
  /** Positions of the other columns. */
  extra: number[];
}

const plainName = (name: string): string => name.toLowerCase().replace(/[\s_-]+/g, '');

/**
 * Finds the contract's columns by name, whatever their order; case, spaces, `-` and `_` do not matter where that leaves
 * no doubt.
 *
 * @param renames contract name to file name
 * @throws Refusal `DUPLICATE_COLUMN` or `MISSING_COLUMN`
 */
export function matchColumns(
  table: TableName,
  names: readonly string[],
  renames: Readonly<Record<string, string>>,
  place: { what: 'header' | 'file' | 'SELECT'; delimiter?: string },
): ColumnMatch {
  const contract = contractOf(table);
  const positions = new Map<string, number>();
  const used = new Set<number>();
  for (const [column, { required }] of Object.entries(contract.columns)) {
    const wanted = renames[column] ?? column;
    let found = names.flatMap((name, i) => (name === wanted ? [i] : []));
    if (found.length === 0) found = names.flatMap((name, i) => (plainName(name) === plainName(wanted) ? [i] : []));
    found = found.filter((position) => !used.has(position) || column in renames);
    if (found.length > 1) {
      throw new Refusal(
        'DUPLICATE_COLUMN',
        `the ${place.what} names "${wanted}" ${found.length} times (columns ${found.map((i) => i + 1).join(' and ')})`,
        'Give each column a name of its own.',
        place.what === 'header' ? { line: 1 } : {},
      );
    }
    if (found.length === 1) {
      positions.set(column, found[0]!);
      used.add(found[0]!);
    } else if (required || column in renames) {
      throw missing(table, column, wanted, names, column in renames, place);
    }
  }
  return { positions, extra: names.flatMap((_, i) => (used.has(i) ? [] : [i])) };
}

function missing(
  table: string,
  column: string,
  wanted: string,
  names: readonly string[],
  renamed: boolean,
  { what, delimiter }: { what: string; delimiter?: string },
): Refusal {
  const other = [',', ';', '\t', '|'].find(
    (d) => d !== delimiter && what === 'header' && names.length === 1 && names[0]!.includes(d),
  );
  const seen = names.map((name) => `"${name.slice(0, 40)}"`).slice(0, 12);
  const list = `${seen.join(', ')}${names.length > seen.length ? `, ... (${names.length} columns)` : ''}`;
  return new Refusal(
    'MISSING_COLUMN',
    `the ${what} has no column "${wanted}"${wanted === column ? '' : ` (${column})`}; it has ${list}`,
    other
      ? `The columns seem to be divided by "${other === '\t' ? '\\t' : other}": set "delimiter" of the source to it.`
      : renamed
        ? `Correct sources.${table}.columns.${column} in the config, or the header.`
        : what === 'SELECT'
          ? `Give the SELECT a column "${column}".`
          : `Add the column, or say which one it is: sources.${table}.columns = {"${column}": "<name in the file>"}.`,
    what === 'header' ? { line: 1 } : {},
  );
}
