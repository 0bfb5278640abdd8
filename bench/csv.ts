import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** Rows of a CSV whose cells hold no commas or line ends, quotes taken off. */
export function readCsv(file: string): string[][] {
  return parseCsv(readFileSync(file, 'utf8'));
}

export function readGzippedCsv(file: string): string[][] {
  return parseCsv(gunzipSync(readFileSync(file)).toString());
}

function parseCsv(text: string): string[][] {
  return text
    .trim()
    .split(/\r?\n/)
    .map((line) => line.replaceAll('"', '').split(','));
}
