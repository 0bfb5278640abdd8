import { readFileSync } from 'node:fs';

/** Cells of one CSV line. */
export function cellsOf(line: string): string[] {
  if (!line.includes('"')) return line.split(',');
  return [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)]
    .slice(0, -1)
    .map(([, cell]) => (cell!.startsWith('"') ? cell!.slice(1, -1).replaceAll('""', '"') : cell!));
}

export interface CsvFile {
  header: string[];
  rows: Record<string, string>[];
}

export function readCsv(path: string): CsvFile {
  const lines = readFileSync(path, 'utf8').split('\n');
  const header = cellsOf(lines[0]!);
  const rows = lines.slice(1, -1).map((line) => {
    const cells = cellsOf(line);
    return Object.fromEntries(header.map((name, i) => [name, cells[i]!]));
  });
  return { header, rows };
}
