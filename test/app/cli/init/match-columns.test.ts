import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { delimiterOf, parseCsv } from '../../../../app/cli/init/file-head.ts';
import { matchColumns } from '../../../../app/cli/init/match-columns.ts';
import { synonymsOf } from '../../../../app/cli/init/synonyms.ts';
import { TABLE_NAMES, TABLES } from '../../../../data/contract/tables.ts';

describe('matchColumns', () => {
  it('prefers the exact name over another that only looks like it', () => {
    expect(matchColumns('sales', ['Quantity', 'quantity', 'date', 'sku', 'store']).columns.quantity).toBe('quantity');
  });

  it('takes "date" for the day of a stock count and the first day of a price', () => {
    expect(matchColumns('stock', ['date', 'sku', 'store', 'stock']).columns.as_of).toBe('date');
    expect(matchColumns('prices', ['Date', 'sku', 'price']).columns.starts_on).toBe('Date');
  });

  it('uses no column of the file twice, whatever the table and the header', () => {
    const names = [
      'date',
      'price',
      'type',
      'sales',
      'id',
      'product',
      'store',
      'value',
      'from',
      'Name',
      'warehouse',
      'x',
    ];
    fc.assert(
      fc.property(fc.constantFrom(...TABLE_NAMES), fc.uniqueArray(fc.constantFrom(...names)), (table, header) => {
        const { columns, unmatched } = matchColumns(table, header);
        expect([...Object.values(columns), ...unmatched].sort()).toEqual([...header].sort());
      }),
    );
  });

  it('finds each contract column under each of its other names when nothing else is there', () => {
    for (const table of TABLE_NAMES) {
      for (const column of Object.keys(TABLES[table].columns)) {
        for (const synonym of synonymsOf(table, column)) {
          const { columns } = matchColumns(table, [synonym]);
          expect(Object.values(columns), `${table}.${column} as ${synonym}`).toEqual([synonym]);
        }
      }
    }
  });

  it('gives a name that could mean two columns to the required one', () => {
    expect(matchColumns('prices', ['sku', 'from', 'unit price']).missing).toEqual([]);
    expect(matchColumns('products', ['sku', 'price']).columns).toEqual({ product_id: 'sku', list_price: 'price' });
  });

  it('says what is missing of an empty header', () => {
    expect(matchColumns('sales', []).missing).toEqual(['date', 'product_id', 'location_id', 'quantity']);
  });
});

describe('parseCsv', () => {
  it('reads quoted separators, quotes and line breaks', () => {
    expect(parseCsv('a,b\r\n"x, ""y""\nz",2\r\n', ',', true)).toEqual([
      ['a', 'b'],
      ['x, "y"\nz', '2'],
    ]);
  });

  it('leaves out a last record that was cut, but never the header', () => {
    expect(parseCsv('a,b\n1,2\n3', ',', false)).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]);
    expect(parseCsv('a,b', ',', false)).toEqual([['a', 'b']]);
  });

  it('takes the separator that occurs most outside quotes', () => {
    expect(delimiterOf('"a,b,c,d";e;f')).toBe(';');
    expect(delimiterOf('one')).toBe(',');
  });
});
