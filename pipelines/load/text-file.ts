import { closeSync, openSync, readSync, symlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { EVENT } from '../../models/kernels/record-scanner.ts';
import { copyPatched, type Patch } from './plain-text.ts';
import type { BrokenRecord, OpenFile } from './readable-file.ts';
import { Refusal } from './refusal.ts';
import { type Layout, locateRecords, readRecords, type Scan, scanText } from './scan.ts';

/** A path that DuckDB does not take for a pattern. */
export function plainPath(path: string, workFolder: string, name: string): string {
  if (!/[*?[\]]/.test(path)) return path;
  const link = join(workFolder, `${name}.link`);
  symlinkSync(path, link);
  return link;
}

export function brokenRecords(scan: Scan, path: string, fields: number): BrokenRecord[] {
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

export async function scanFile(
  path: string,
  layout: Layout,
  readable: { isWhole: boolean; copy: string },
): Promise<TextFile> {
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

export function linesOf(text: TextFile): OpenFile['lines'] {
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

export function picker(text: TextFile, to: string, relation: (path: string) => string): OpenFile['pick'] {
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
