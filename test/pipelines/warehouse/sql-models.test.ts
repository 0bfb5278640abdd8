import { describe, expect, it } from 'vitest';
import { modelNames, sqlText } from '../../../pipelines/warehouse/sql-files.ts';
import { buildOrder, type ModelHeader, parseHeader } from '../../../pipelines/warehouse/sql-models.ts';
import { warehouseWith } from '../../warehouse-fixture.ts';

const header = (inputs: string[]): ModelHeader => ({ purpose: '', grain: '', key: [], inputs, checks: [] });

describe('the header of a SQL model', () => {
  it('names purpose, grain, key, inputs and checks', () => {
    const sql = [
      '-- purpose: what it is for,',
      '--   over two lines',
      '-- grain: one row per day',
      '-- key: a, b',
      '-- inputs: raw_x, stg_y',
      '-- units: none',
      '-- checks: not_null(a); relationship(b, stg_y.b); holds(a >= 0)',
      'select 1',
    ].join('\n');
    expect(parseHeader('m', sql)).toEqual({
      purpose: 'what it is for, over two lines',
      grain: 'one row per day',
      key: ['a', 'b'],
      inputs: ['raw_x', 'stg_y'],
      checks: [
        { kind: 'not_null', column: 'a' },
        { kind: 'relationship', column: 'b', to: 'stg_y', toColumn: 'b' },
        { kind: 'holds', condition: 'a >= 0' },
      ],
    });
  });

  it('is complete in every model of the project', () => {
    expect(modelNames().length).toBeGreaterThan(25);
    for (const name of modelNames()) expect(parseHeader(name, sqlText(name)).purpose).not.toBe('');
  });

  it('is refused where a field is missing', () => {
    expect(() => parseHeader('m', '-- purpose: x\nselect 1')).toThrow('the header lacks "checks"');
  });
});

describe('the order in which models are built', () => {
  it('puts each model after what it reads, once', () => {
    const headers = new Map([
      ['mart', header(['int_b', 'int_a'])],
      ['int_a', header(['stg'])],
      ['int_b', header(['stg', 'int_a'])],
      ['stg', header(['raw'])],
    ]);
    expect(buildOrder(['mart', 'stg'], headers)).toEqual(['stg', 'int_a', 'int_b', 'mart']);
  });

  it('refuses a model that reads itself', () => {
    const headers = new Map([
      ['a', header(['b'])],
      ['b', header(['a'])],
    ]);
    expect(() => buildOrder(['a'], headers)).toThrow('reads itself');
  });
});

describe('a check', () => {
  it('that is broken names the model, the check and how many rows', async () => {
    const { warehouse } = await warehouseWith(
      { sales: [{ date: '2026-03-01', product_id: 'a', location_id: 'x', quantity: -1 }] },
      '2026-03-02',
    );
    await expect(warehouse.build(['stg_sales'])).rejects.toMatchObject({
      code: 'CHECK_FAILED',
      message: 'stg_sales: holds(quantity >= 0) is broken by 1 row.',
    });
    warehouse.close();
  });
});
