import { join } from 'node:path';
import { quoteText } from '../warehouse/columns.ts';
import { readHeader } from './header.ts';
import { toPlainText } from './plain-text.ts';
import type { OpenFile } from './readable-file.ts';
import type { Layout } from './scan.ts';
import type { SourceFile } from './sources.ts';
import { brokenRecords, linesOf, picker, plainPath, scanFile } from './text-file.ts';

/** Opens a CSV file by its header. */
export async function openCsv(
  file: SourceFile,
  delimiter: string,
  workFolder: string,
  name: string,
): Promise<OpenFile> {
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
