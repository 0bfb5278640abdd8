import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { CsvWriter, encodedDates } from '../../../data/sample/csv-writer.ts';
import { cellsOf } from './read-csv.ts';

const folder = mkdtempSync(join(tmpdir(), 'leadtime-csv-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function written(fill: (writer: CsvWriter) => void, columns: readonly string[] = ['a', 'b']): string[] {
  const path = join(folder, 'file.csv');
  const writer = new CsvWriter(path, columns);
  fill(writer);
  writer.close();
  return readFileSync(path, 'utf8').split('\n');
}

describe('the CSV writer', () => {
  it('writes numbers, money, flags and empty fields', () => {
    const lines = written((writer) => {
      writer.integer(0).integer(1_234_567).integer(-20).endRow();
      writer.cents(5).cents(123_456).cents(-305).endRow();
      writer.boolean(true).empty().boolean(false).endRow();
    });
    expect(lines).toEqual(['a,b', '0,1234567,-20', '0.05,1234.56,-3.05', 'true,,false', '']);
  });

  it('writes any whole number and any cents as JavaScript does', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 40 }), (value) => {
        const [, line] = written((writer) => writer.integer(value).cents(value).endRow());
        const digits = String(value).padStart(3, '0');
        expect(line).toBe(`${value},${digits.slice(0, -2)}.${digits.slice(-2)}`);
      }),
      { numRuns: 50 },
    );
  });

  it('quotes what needs it, so that any text comes back', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1 }), (texts) => {
        const clean = texts.map((text) => text.replace(/[\r\n]/g, ' '));
        const names = clean.map((_, i) => `c${i}`);
        const [, line] = written((writer) => writer.row(clean), names);
        expect(cellsOf(line!)).toEqual(clean.map((text) => Buffer.from(text).toString()));
      }),
      { numRuns: 50 },
    );
  });

  it('puts cells under the columns they name, and refuses a row that does not fit', () => {
    expect(written((writer) => writer.record({ b: 2 }))).toEqual(['a,b', ',2', '']);
    expect(() => written((writer) => writer.record({ c: 2 }))).toThrow('there is no column c');
    expect(() => written((writer) => writer.row([1]))).toThrow('a row of 1 cells for 2 columns');
  });

  it('keeps every row over many flushes and counts them', () => {
    let rows = 0;
    const lines = written((writer) => {
      for (let i = 0; i < 200_000; i++) writer.integer(i).text('München').endRow();
      rows = writer.rows;
    });
    expect(rows).toBe(200_000);
    expect(lines.length).toBe(200_002);
    expect(lines[200_000]).toBe('199999,München');
  });

  it('encodes dates from a first day on', () => {
    expect(encodedDates(16916, 3).map(String)).toEqual(['2016-04-25', '2016-04-26', '2016-04-27']);
  });
});
