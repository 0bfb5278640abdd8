import { closeSync, createReadStream, createWriteStream, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { Refusal } from './refusal.ts';

/** A text file as UTF-8 without compression: the file itself, or a copy in the work folder. */
export interface PlainText {
  path: string;
  /** Bytes of a byte order mark to skip. */
  skip: number;
}

const HEAD_BYTES = 4096;

/** The first bytes of a file. */
export function readHead(path: string, bytes: number = HEAD_BYTES): Buffer {
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(bytes);
    let filled = 0;
    for (;;) {
      const got = readSync(file, buffer, filled, bytes - filled, filled);
      filled += got;
      if (got === 0 || filled === bytes) return buffer.subarray(0, filled);
    }
  } finally {
    closeSync(file);
  }
}

async function gunzip(path: string, to: string): Promise<void> {
  try {
    await pipeline(createReadStream(path), createGunzip(), createWriteStream(to));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (!code?.startsWith('Z_')) throw error;
    const truncated = code === 'Z_BUF_ERROR';
    throw new Refusal(
      truncated ? 'TRUNCATED_FILE' : 'CORRUPT_FILE',
      truncated ? 'the gzip data ends before its end' : `the gzip data is damaged (${message})`,
      'Copy or export the file again; it did not arrive whole.',
    );
  }
}

/** UTF-16 without a mark: nearly every second byte of plain columns is 0. */
function utf16Of(head: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  if (head.length >= 2 && head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head.length >= 2 && head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const pairs = head.length >> 1;
  if (pairs < 2) return undefined;
  let even = 0;
  let odd = 0;
  for (let i = 0; i < pairs; i++) {
    if (head[2 * i] === 0) even++;
    if (head[2 * i + 1] === 0) odd++;
  }
  if (odd > pairs * 0.4 && even < pairs * 0.05) return 'utf-16le';
  if (even > pairs * 0.4 && odd < pairs * 0.05) return 'utf-16be';
  return undefined;
}

async function decodeUtf16(path: string, encoding: string, to: string): Promise<void> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const decode = new Transform({
    transform: (chunk: Buffer, _, done) => done(null, Buffer.from(decoder.decode(chunk, { stream: true }))),
    flush: (done) => done(null, Buffer.from(decoder.decode())),
  });
  try {
    await pipeline(createReadStream(path), decode, createWriteStream(to));
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new Refusal(
      'TRUNCATED_FILE',
      'the UTF-16 text holds half a character',
      'Copy or export the file again, as UTF-8 if you can; it did not arrive whole.',
    );
  }
}

/**
 * Makes a text file readable as plain UTF-8: gunzips it, decodes UTF-16 (with or without a byte order mark).
 *
 * @throws Refusal `EMPTY_FILE`, `TRUNCATED_FILE`, `CORRUPT_FILE`, `NOT_TEXT`
 */
export async function toPlainText(path: string, workFolder: string, name: string): Promise<PlainText> {
  let plain = path;
  let head = readHead(plain);
  if (head[0] === 0x1f && head[1] === 0x8b) {
    plain = join(workFolder, `${name}.txt`);
    await gunzip(path, plain);
    head = readHead(plain);
  }
  if (head.length === 0) {
    throw new Refusal('EMPTY_FILE', 'the file is empty, not even a header', 'Export the file again, with its header.');
  }
  const start = head.toString('latin1', 0, 4);
  const kind = start.startsWith('PK\u0003\u0004') ? 'a zip archive or Excel workbook' : undefined;
  const binary = kind ?? (start === 'PAR1' ? 'a Parquet file' : undefined);
  if (binary) {
    throw new Refusal('NOT_TEXT', `the file is ${binary}, not text`, 'Save it as CSV, or set its "format".');
  }
  const encoding = utf16Of(head);
  if (encoding) {
    const decoded = join(workFolder, `${name}.utf8`);
    await decodeUtf16(plain, encoding, decoded);
    plain = decoded;
    head = readHead(plain);
  }
  return { path: plain, skip: head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0 };
}

/** Bytes of a file to put in the place of others. */
export interface Patch {
  start: number;
  end: number;
  text: Buffer;
}

/** Copies [from, to) of a file into a new one, patches (ascending, not overlapping) applied. */
export function copyPatched(path: string, to: string, from: number, until: number, patches: Patch[]): void {
  const source = openSync(path, 'r');
  const target = openSync(to, 'w');
  const buffer = Buffer.allocUnsafe(1 << 22);
  const copy = (start: number, end: number): void => {
    for (let at = start; at < end; ) {
      const got = readSync(source, buffer, 0, Math.min(buffer.length, end - at), at);
      if (got === 0) return;
      writeSync(target, buffer, 0, got);
      at += got;
    }
  };
  try {
    let at = from;
    for (const patch of patches) {
      copy(at, patch.start);
      writeSync(target, patch.text);
      at = patch.end;
    }
    copy(at, until);
  } finally {
    closeSync(source);
    closeSync(target);
  }
}
