import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RecordScanner } from '../../../models/kernels/record-scanner.ts';
import { type LoadProject, openLoadProject } from './load-project.ts';

interface NaiveRecord {
  line: number;
  fields: string[];
  isMalformed: boolean;
}

/** RFC 4180, one character after the other; an empty line is no record. Undefined: a quote stays open. */
function naiveParse(text: string): NaiveRecord[] | undefined {
  const records: NaiveRecord[] = [];
  let line = 1;
  let at = 0;
  while (at < text.length) {
    const record: NaiveRecord = { line, fields: [], isMalformed: false };
    const start = at;
    let ended = false;
    while (!ended) {
      let field = '';
      if (text[at] === '"') {
        at++;
        for (;;) {
          if (at >= text.length) return undefined;
          if (text[at] === '"' && text[at + 1] === '"') {
            field += '"';
            at += 2;
          } else if (text[at] === '"') {
            at++;
            break;
          } else {
            if (text[at] === '\n') line++;
            field += text[at++];
          }
        }
        if (at < text.length && !',\r\n'.includes(text[at]!)) record.isMalformed = true;
      }
      while (at < text.length && !',\r\n'.includes(text[at]!)) field += text[at++];
      record.fields.push(field);
      if (text[at] === ',') at++;
      else ended = true;
    }
    if (at > start) records.push(record);
    if (text[at] === '\r') at++;
    if (text[at] === '\n' || (text[at - 1] === '\r' && text[at] !== '\n')) {
      if (text[at] === '\n') at++;
      line++;
    }
  }
  return records;
}

const header = 'date,product_id,location_id,quantity';
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const id = fc.oneof(
  fc.constantFrom('A', 'B', 'TV 42" wide', 'Käse', '茶'),
  fc.stringMatching(/^[a-z,"\n]{1,6}$/).map(quoted),
);
const row = fc
  .tuple(
    fc.constantFrom('2024-01-01', '2024-02-29', '31.01.2024', ''),
    id,
    id,
    fc.constantFrom('1', '2.5', '-1', 'x', '"1,5"'),
  )
  .map((fields) => fields.join(','));
const damage = fc.array(
  fc.record({
    place: fc.double({ min: 0, max: 1, noNaN: true }),
    remove: fc.integer({ min: 0, max: 2 }),
    insert: fc.constantFrom('', '"', ',', '\n', '\r', '\r\n', '""', 'x', '\0', '\n\n'),
  }),
  { maxLength: 4 },
);
const file = fc
  .record({
    rows: fc.array(row, { maxLength: 40 }),
    end: fc.constantFrom('\n', '\r\n'),
    last: fc.constantFrom('', '\n'),
    damage,
  })
  .map(({ rows, end, last, damage }) => {
    let body = rows.join(end) + last;
    for (const { place, remove, insert } of damage) {
      const at = Math.floor(place * body.length);
      body = body.slice(0, at) + insert + body.slice(at + remove);
    }
    return header + end + body;
  });

let project: LoadProject;
beforeAll(async () => {
  project = await openLoadProject();
});
afterAll(() => project.close());

describe('damaged CSV', () => {
  it('is refused, or every record that a naive parser finds is loaded as written or quarantined', async () => {
    await fc.assert(
      fc.asyncProperty(file, async (text) => {
        project.write('sales.csv', text);
        await project.load({ sales: { path: 'sales.csv' } });
        const [account] = await project.files();
        const naive = naiveParse(text)?.slice(1);
        if (account!.is_refused) {
          expect(account!.reason_code).toBe('UNCLOSED_QUOTE');
          return;
        }
        expect(naive).toBeDefined();
        expect(account!.records).toBe(naive!.length);
        expect(account!.loaded + account!.quarantined).toBe(account!.records);
        const rows = await project.warehouse.rows<Record<string, unknown>>(
          'select _line::double as line, product_id, location_id, quantity from raw_sales order by _line',
        );
        const quarantine = await project.quarantine();
        expect(rows.length).toBe(account!.loaded);
        expect([...rows, ...quarantine].map(({ line }) => line as number).sort((a, b) => a - b)).toEqual(
          naive!.map(({ line }) => line),
        );
        const byLine = new Map(naive!.map((record) => [record.line, record]));
        for (const loaded of rows) {
          const { fields, isMalformed } = byLine.get(loaded.line as number)!;
          expect(isMalformed).toBe(false);
          expect([loaded.product_id, loaded.location_id, loaded.quantity]).toEqual([
            fields[1]!.replace(/^ +| +$/g, ''),
            fields[2]!.replace(/^ +| +$/g, ''),
            Number(fields[3]),
          ]);
        }
      }),
      { numRuns: 40, seed: 7 },
    );
  });
});

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
});
