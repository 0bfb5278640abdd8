import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecordScanner, type ScanEvent, type ScanOptions } from '../../../models/kernels/record-scanner.ts';
import { naiveParse } from '../../pipelines/load/naive-parse.ts';

function scanAll(text: string | Uint8Array, options: Partial<ScanOptions> = {}) {
  const events: ScanEvent[] = [];
  const scanner = new RecordScanner(
    { start: 0, firstLine: 1, delimiter: 44, quote: 34, fields: 0, maxRecordBytes: 1e6, ...options },
    (event) => events.push(event),
  );
  scanner.scan(typeof text === 'string' ? Buffer.from(text) : text);
  return { ...scanner.finish(), events };
}

describe('record scanner', () => {
  it('counts as a naive parser does, however the bytes are cut into pieces', () => {
    const text = fc.array(
      fc.constantFrom('a', 'bc', ',', '"', '""', '\n', '\r\n', '\r', ' ', 'é', ',,,,,,,,,,,,,,,,'),
      {
        maxLength: 400,
      },
    );
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 200 }), (parts, size) => {
        const bytes = Buffer.from(parts.join(''));
        const broken: number[] = [];
        const scanner = new RecordScanner(
          { start: 0, firstLine: 1, delimiter: 44, quote: 34, fields: 0, maxRecordBytes: 1e6 },
          ({ code, line }) => {
            if (code >= 10) broken.push(line);
          },
        );
        for (let at = 0; at < bytes.length; at += size) scanner.scan(bytes.subarray(at, at + size));
        const { records, unclosedLine } = scanner.finish();
        const naive = naiveParse(bytes.toString());
        if (naive === undefined) {
          expect(unclosedLine).toBeGreaterThan(0);
          return;
        }
        if (unclosedLine > 0) return;
        expect(records).toBe(naive.length);
        expect(broken).toEqual(naive.filter(({ isMalformed }) => isMalformed).map(({ line }) => line));
      }),
      { numRuns: 600, seed: 11 },
    );
  });

  it('counts nothing in nothing, and no empty lines', () => {
    expect(scanAll('').records).toBe(0);
    expect(scanAll('\n\r\n\n').records).toBe(0);
    expect(scanAll('a').records).toBe(1);
  });

  it('names the line of a quote that stays open', () => {
    expect(scanAll('a,b\n"c,d\ne,f\n').unclosedLine).toBe(2);
  });

  it('finds records by their ordinals, across blocks and line ends within quotes', () => {
    const text = Array.from({ length: 100 }, (_, i) => `"${i}\n",x`).join('\n');
    const { events } = scanAll(text, { locate: Int32Array.of(0, 50, 99) });
    const found = events.filter(({ code }) => code === 3);
    expect(found.map(({ line, start, end }) => [line, text.slice(start, end)])).toEqual([
      [1, '"0\n",x'],
      [101, '"50\n",x'],
      [199, '"99\n",x'],
    ]);
  });

  it('finds text that is not UTF-8 where a check byte by byte is asked for', () => {
    const bytes = Buffer.concat([Buffer.from('茶\n'), Buffer.from([0xe4, 0x0a, 0xc0, 0x80, 0x0a]), Buffer.from('é\n')]);
    const { events } = scanAll(bytes, { validateText: true });
    expect(events.filter(({ code }) => code === 13).map(({ index }) => index)).toEqual([1, 2]);
  });
});
