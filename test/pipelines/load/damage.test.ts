import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LoadProject, openLoadProject } from './load-project.ts';
import { naiveParse } from './naive-parse.ts';

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
