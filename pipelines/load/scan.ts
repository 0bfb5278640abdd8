import { isUtf8 } from 'node:buffer';
import { closeSync, openSync, readSync } from 'node:fs';
import { EVENT, RecordScanner, type ScanEvent, type ScanTotals } from '../../models/kernels/record-scanner.ts';

/** Longest record that is read; DuckDB's own limit is 2 MiB. */
export const MAX_RECORD_BYTES = 1_000_000;

export interface Layout {
  /** Where the first record begins. */
  start: number;
  firstLine: number;
  /** Undefined: one value per line, and quotes mean nothing (JSON lines). */
  delimiter?: string;
  /** Fields per record; 0: any. */
  fields: number;
}

export interface Scan extends ScanTotals {
  /** Offset of the end of the text. */
  end: number;
  /** Records whose structure is broken, in order. */
  broken: ScanEvent[];
  /** Records whose line number is not the one expected from the record before. */
  jumps: ScanEvent[];
  /** Line ends of old Macintosh files. */
  loneCr: ScanEvent[];
}

const CHUNK = 1 << 22;

/** Calls `visit` with the bytes from `start` to the end, in order; the buffer is used again. */
function readThrough(path: string, start: number, visit: (bytes: Buffer) => void): number {
  const file = openSync(path, 'r');
  const buffer = Buffer.allocUnsafe(CHUNK);
  try {
    for (let at = start; ; ) {
      const got = readSync(file, buffer, 0, CHUNK, at);
      if (got === 0) return at;
      visit(buffer.subarray(0, got));
      at += got;
    }
  } finally {
    closeSync(file);
  }
}

/** Whether bytes given in pieces are UTF-8; call it without any at the end. */
function utf8Check(): (bytes?: Buffer) => boolean {
  let carry: Buffer = Buffer.alloc(0);
  return (bytes) => {
    if (!bytes) return carry.length === 0;
    const all = carry.length > 0 ? Buffer.concat([carry, bytes]) : bytes;
    let end = all.length;
    while (end > 0 && all.length - end < 3 && (all[end - 1]! & 0xc0) === 0x80) end--;
    if (end > 0 && all[end - 1]! >= 0xc0) end--;
    else end = all.length;
    carry = Buffer.from(all.subarray(end));
    return isUtf8(all.subarray(0, end));
  };
}

function pass(path: string, layout: Layout, validateText: boolean): { scan: Scan; valid: boolean } {
  const broken: ScanEvent[] = [];
  const jumps: ScanEvent[] = [];
  const loneCr: ScanEvent[] = [];
  const scanner = new RecordScanner(
    {
      ...layout,
      delimiter: layout.delimiter?.charCodeAt(0) ?? 0,
      quote: layout.delimiter === undefined ? 0 : 34,
      maxRecordBytes: MAX_RECORD_BYTES,
      validateText,
    },
    (event) => {
      if (event.code === EVENT.lineJump) jumps.push(event);
      else if (event.code === EVENT.loneCr) loneCr.push(event);
      else broken.push(event);
    },
  );
  const isValid = utf8Check();
  let valid = true;
  const end = readThrough(path, layout.start, (bytes) => {
    const high = scanner.scan(bytes);
    if (!validateText && valid && (high || !isValid())) valid = isValid(bytes);
  });
  valid &&= validateText || isValid();
  return { scan: { ...scanner.finish(), end, broken, jumps, loneCr }, valid };
}

/** Counts the records of a plain text file and names the broken ones. O(bytes), in constant memory but for those. */
export function scanText(path: string, layout: Layout): Scan {
  const first = pass(path, layout, false);
  return first.valid ? first.scan : pass(path, layout, true).scan;
}

/** The places of the records with these ascending ordinals. */
export function locateRecords(path: string, layout: Layout, ordinals: Int32Array): ScanEvent[] {
  const found: ScanEvent[] = [];
  const scanner = new RecordScanner(
    {
      ...layout,
      fields: 0,
      delimiter: layout.delimiter?.charCodeAt(0) ?? 0,
      quote: layout.delimiter === undefined ? 0 : 34,
      maxRecordBytes: Number.MAX_VALUE,
      locate: ordinals,
    },
    (event) => {
      if (event.code === EVENT.located) found.push(event);
    },
  );
  readThrough(path, layout.start, (bytes) => scanner.scan(bytes));
  scanner.finish();
  return found;
}

const MAX_RAW_CHARACTERS = 10_000;

/** The text of records, as far as it can be shown: at most 10,000 characters, NUL as its picture, bad UTF-8 as Latin-1. */
export function readRecords(path: string, places: readonly { start: number; end: number }[]): string[] {
  const file = openSync(path, 'r');
  try {
    return places.map(({ start, end }) => {
      const bytes = Buffer.alloc(Math.min(end - start, 4 * MAX_RAW_CHARACTERS));
      readSync(file, bytes, 0, bytes.length, start);
      const whole = bytes.length === end - start;
      const text = whole && !isUtf8(bytes) ? bytes.toString('latin1') : bytes.toString('utf8');
      return text.slice(0, MAX_RAW_CHARACTERS).replaceAll('\0', '\u2400');
    });
  } finally {
    closeSync(file);
  }
}
