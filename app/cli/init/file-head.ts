import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { LeadtimeError } from '../../../errors.ts';
import { quoteText } from '../../../pipelines/warehouse/columns.ts';
import { Warehouse } from '../../../pipelines/warehouse/warehouse.ts';

/** The first records of a file, enough to see what its columns hold. */
export interface FileHead {
  delimiter: string;
  header: string[];
  rows: string[][];
}

const HEAD_BYTES = 1 << 18;
const HEAD_ROWS = 2000;

/**
 * Reads the beginning of a CSV (plain or gzipped), JSON lines or Parquet file: at most 256 KB or 2,000 rows.
 * @throws LeadtimeError `FILE_EMPTY`, `FILE_UNREADABLE`
 */
export async function readFileHead(file: string): Promise<FileHead> {
  if (/\.parquet$/i.test(file)) return parquetHead(file);
  const { text, whole } = await readBeginning(file);
  if (text.trim() === '') {
    throw new LeadtimeError('FILE_EMPTY', `${file} is empty.`, 'Give a file with a header line and records.', { file });
  }
  if (/\.(jsonl|ndjson)(\.gz)?$/i.test(file)) return jsonHead(file, text, whole);
  const delimiter = delimiterOf(text.slice(0, text.search(/[\r\n]|$/)));
  const [header, ...rows] = parseCsv(text, delimiter, whole);
  return { delimiter, header: header!.map((name) => name.trim()), rows: rows.slice(0, HEAD_ROWS) };
}

async function readBeginning(file: string): Promise<{ text: string; whole: boolean }> {
  const source = createReadStream(file);
  const stream = /\.gz$/i.test(file) ? source.pipe(createGunzip()) : source;
  source.on('error', (error) => stream.destroy(error));
  const parts: Buffer[] = [];
  let bytes = 0;
  let whole = true;
  try {
    for await (const part of stream) {
      parts.push(part as Buffer);
      bytes += (part as Buffer).length;
      if (bytes < HEAD_BYTES) continue;
      whole = false;
      break;
    }
  } catch (error) {
    throw unreadable(file, error);
  } finally {
    source.destroy();
  }
  const head = Buffer.concat(parts);
  return { text: new TextDecoder(encodingOf(head)).decode(head), whole };
}

/** UTF-16 by its byte order mark, or by the zero beside the first letter of the header; else UTF-8. */
function encodingOf(head: Buffer): string {
  if ((head[0] === 0xff && head[1] === 0xfe) || head[1] === 0) return 'utf-16le';
  if ((head[0] === 0xfe && head[1] === 0xff) || head[0] === 0) return 'utf-16be';
  return 'utf-8';
}

function unreadable(file: string, cause: unknown): LeadtimeError {
  const reason = cause instanceof Error ? cause.message.split('\n')[0] : String(cause);
  return new LeadtimeError(
    'FILE_UNREADABLE',
    `${file} cannot be read: ${reason}.`,
    'Check the path and that the file is whole; CSV, gzipped CSV, JSON lines and Parquet are read.',
    { file },
    { cause },
  );
}

/** The separator that occurs most outside quotes in the header line; a comma where there is none. */
export function delimiterOf(line: string): string {
  const bare = line.replace(/"[^"]*"/g, '');
  const counts = [',', ';', '\t', '|'].map((mark) => ({ mark, count: bare.split(mark).length - 1 }));
  return counts.reduce((best, each) => (each.count > best.count ? each : best)).mark;
}

/** Records of CSV text with quoted fields; the last one is left out where the text was cut. O(characters). */
export function parseCsv(text: string, delimiter: string, whole: boolean): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let field = '';
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const mark = text[i]!;
    if (quoted) {
      if (mark !== '"') field += mark;
      else if (text[i + 1] === '"') field += text[++i];
      else quoted = false;
    } else if (mark === '"' && field === '') quoted = true;
    else if (mark === delimiter) {
      record.push(field);
      field = '';
    } else if (mark === '\n' || mark === '\r') {
      if (mark === '\r' && text[i + 1] === '\n') i++;
      record.push(field);
      field = '';
      if (record.length > 1 || record[0] !== '') records.push(record);
      record = [];
    } else field += mark;
  }
  if ((whole || records.length === 0) && (field !== '' || record.length > 0)) records.push([...record, field]);
  return records;
}

function jsonHead(file: string, text: string, whole: boolean): FileHead {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const complete = whole || lines.length === 1 ? lines : lines.slice(0, -1);
  try {
    const records = complete.slice(0, HEAD_ROWS).map((line) => JSON.parse(line) as Record<string, unknown>);
    const header = [...new Set(records.flatMap((record) => Object.keys(record)))];
    return { delimiter: ',', header, rows: records.map((record) => header.map((name) => String(record[name] ?? ''))) };
  } catch (error) {
    throw unreadable(file, error);
  }
}

async function parquetHead(file: string): Promise<FileHead> {
  const warehouse = await Warehouse.open(':memory:', { threads: 1 });
  try {
    const from = `from read_parquet(${quoteText(file)})`;
    const described = await warehouse.rows<{ column_name: string }>(`describe ${from}`);
    const header = described.map((column) => column.column_name);
    const rows = await warehouse.rows<Record<string, unknown>>(`${from} limit ${HEAD_ROWS}`);
    return { delimiter: ',', header, rows: rows.map((row) => header.map((name) => String(row[name] ?? ''))) };
  } catch (error) {
    throw unreadable(file, error);
  } finally {
    warehouse.close();
  }
}
