import { describe, expect, it } from 'vitest';
import { NO_VALUE } from '../../../pipelines/warehouse/columns.ts';
import { Warehouse } from '../../../pipelines/warehouse/warehouse.ts';

const spec = { id: 'i32', single: 'f32', double: 'f64', ok: 'flag', on: 'day', name: 'text' } as const;

function columnsOf(rows: number) {
  const every = <T>(f: (i: number) => T): T[] => Array.from({ length: rows }, (_, i) => f(i));
  return {
    id: Int32Array.from(every((i) => (i % 7 === 3 ? NO_VALUE : i - 1000))),
    single: Float32Array.from(every((i) => (i % 5 === 0 ? Number.NaN : i / 4))),
    double: Float64Array.from(every((i) => (i % 11 === 0 ? Number.NaN : Math.PI * i))),
    ok: Uint8Array.from(every((i) => i % 2)),
    on: Int32Array.from(every((i) => (i % 13 === 0 ? NO_VALUE : 16_000 + i))),
    name: every((i) => (i % 17 === 0 ? '' : `naïve 名 ${i}`)),
  };
}

describe('columns to and from the warehouse', () => {
  it.each([0, 1, 2047, 2048, 2049, 10_000])('come back as they went in, %i rows', async (rows) => {
    const warehouse = await Warehouse.open(':memory:');
    const given = columnsOf(rows);
    await warehouse.write('t', spec, given);
    const read = await warehouse.read('t', spec);
    expect(read.rows).toBe(rows);
    expect(read.columns).toEqual(given);
    warehouse.close();
  });

  it('keep NaN, NO_VALUE and null text as NULL in the table', async () => {
    const warehouse = await Warehouse.open(':memory:');
    await warehouse.write(
      't',
      { a: 'f64', b: 'i32', c: 'text' },
      { a: Float64Array.of(Number.NaN, 1), b: Int32Array.of(2, NO_VALUE), c: ['x', null] },
    );
    expect(await warehouse.readRows('t')).toEqual([
      { a: null, b: 2, c: 'x' },
      { a: 1, b: null, c: null },
    ]);
    warehouse.close();
  });

  it('are read in the order asked for', async () => {
    const warehouse = await Warehouse.open(':memory:');
    await warehouse.write('t', { a: 'i32' }, { a: Int32Array.of(3, 1, 2) });
    expect([...(await warehouse.read('t', { a: 'i32' }, ['a'])).columns.a]).toEqual([1, 2, 3]);
    warehouse.close();
  });

  it('of different lengths are refused', async () => {
    const warehouse = await Warehouse.open(':memory:');
    const uneven = { a: new Int32Array(2), b: new Int32Array(3) };
    await expect(warehouse.write('t', { a: 'i32', b: 'i32' }, uneven)).rejects.toThrow('t.b has another length than a');
    warehouse.close();
  });
});

describe('a transaction', () => {
  it('leaves nothing behind when its work fails, also inside another one', async () => {
    const warehouse = await Warehouse.open(':memory:');
    const work = warehouse.transaction(async () => {
      await warehouse.write('t', { a: 'i32' }, { a: Int32Array.of(1) });
      await warehouse.transaction(() => Promise.reject(new Error('broken')));
    });
    await expect(work).rejects.toThrow('broken');
    expect(await warehouse.hasRelation('t')).toBe(false);
    warehouse.close();
  });
});
