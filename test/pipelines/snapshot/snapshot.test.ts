import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tableFromIPC } from 'apache-arrow';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exportArrow } from '../../../pipelines/snapshot/export-arrow.ts';
import { exportCsv, exportParquet } from '../../../pipelines/snapshot/export-files.ts';
import { martColumns } from '../../../pipelines/snapshot/mart-columns.ts';
import { querySnapshot } from '../../../pipelines/snapshot/snapshot-reader.ts';
import {
  clearDrafts,
  createDraft,
  currentSnapshot,
  digestOf,
  isNewestMorning,
  type Manifest,
  publishDraft,
  snapshotBefore,
} from '../../../pipelines/snapshot/snapshot-store.ts';
import { Warehouse } from '../../../pipelines/warehouse/warehouse.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'leadtime-snapshot-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const manifestOf = (as_of: string): Manifest => ({
  format: 1,
  run_id: `${as_of}-abc`,
  as_of,
  version: '1',
  seed: 1,
  name: 'test',
  currency: 'EUR',
  marts: [],
  files: [],
});

async function mart(): Promise<Warehouse> {
  const warehouse = await Warehouse.open(':memory:');
  await warehouse.run(`create table mart_x as from (values
    (2, date '2026-03-02', '=1+1', 2.5, true, 'b'),
    (1, date '2026-03-01', '-x', null, false, 'a'),
    (3, null, 'comma, "quote"', 0.1, true, 'b')
  ) as t(id, ds, name, value, ok, kind)`);
  return warehouse;
}

describe('the CSV export', () => {
  it('has a byte order mark, a fixed order, and no text that a spreadsheet would run', async () => {
    const warehouse = await mart();
    const file = join(folder, 'x.csv');
    await exportCsv(warehouse, 'mart_x', await martColumns(warehouse, 'mart_x'), ['id'], file);
    warehouse.close();
    expect(readFileSync(file, 'utf8')).toBe(
      "\uFEFFid,ds,name,value,ok,kind\n1,2026-03-01,'-x,,false,a\n2,2026-03-02,'=1+1,2.5,true,b\n" +
        '3,,"comma, ""quote""",0.1,true,b\n',
    );
  });
});

describe('the Arrow export', () => {
  it('holds the same rows with their types and nulls, and the same bytes each time', async () => {
    const warehouse = await mart();
    const columns = await martColumns(warehouse, 'mart_x');
    const files = [join(folder, '1.arrow'), join(folder, '2.arrow')];
    for (const file of files) await exportArrow(warehouse, 'mart_x', columns, ['id'], file);
    warehouse.close();
    const rows = tableFromIPC(readFileSync(files[0]!))
      .toArray()
      .map((row) => row.toJSON());
    expect(rows.map((row) => [row.id, row.name, row.value, row.ok, row.kind])).toEqual([
      [1, '-x', null, false, 'a'],
      [2, '=1+1', 2.5, true, 'b'],
      [3, 'comma, "quote"', 0.1, true, 'b'],
    ]);
    expect(new Date(rows[0]!.ds).toISOString().slice(0, 10)).toBe('2026-03-01');
    expect(rows[2]!.ds).toBeNull();
    expect(digestOf(files[0]!)).toEqual(digestOf(files[1]!));
  });
});

describe('publishing', () => {
  it('switches readers from one whole snapshot to the next', () => {
    expect(() => currentSnapshot(folder)).toThrow('Nothing has been published');
    for (const as_of of ['2026-03-01', '2026-03-02']) {
      const draft = createDraft(folder);
      writeFileSync(join(draft, 'x.parquet'), as_of);
      publishDraft(folder, draft, manifestOf(as_of));
    }
    const { name, folder: current, manifest } = currentSnapshot(folder);
    expect(name).toBe('000002-2026-03-02-abc');
    expect(manifest.as_of).toBe('2026-03-02');
    expect(readFileSync(join(current, 'x.parquet'), 'utf8')).toBe('2026-03-02');
  });

  it('leaves the last snapshot serving while a draft is being written, and clears a draft left by a killed process', () => {
    publishDraft(folder, createDraft(folder), manifestOf('2026-03-01'));
    const draft = createDraft(folder);
    writeFileSync(join(draft, 'half.parquet'), 'PAR');
    expect(currentSnapshot(folder).manifest.as_of).toBe('2026-03-01');
    clearDrafts(folder);
    expect(existsSync(draft)).toBe(false);
  });

  it('keeps the newest fourteen snapshots', () => {
    for (let i = 1; i <= 16; i++) publishDraft(folder, createDraft(folder), manifestOf('2026-03-01'));
    expect(existsSync(join(folder, '000002-2026-03-01-abc'))).toBe(false);
    expect(existsSync(join(folder, '000003-2026-03-01-abc'))).toBe(true);
  });

  it('keeps one snapshot of earlier mornings however often one is run again, and finds the newest before a date', () => {
    const mart = { name: 'mart_x', file: 'mart_x.parquet', rows: 0, bytes: 0, sha256: '' };
    publishDraft(folder, createDraft(folder), { ...manifestOf('2026-03-01'), marts: [mart] });
    publishDraft(folder, createDraft(folder), { ...manifestOf('2026-03-01'), marts: [mart] });
    publishDraft(folder, createDraft(folder), manifestOf('2026-03-02'));
    for (let i = 1; i <= 20; i++) publishDraft(folder, createDraft(folder), manifestOf('2026-03-03'));
    const usable = (asOf: string, isWanted: (manifest: Manifest) => boolean) =>
      snapshotBefore(folder, asOf, isWanted)?.folder;
    expect(existsSync(join(folder, '000001-2026-03-01-abc'))).toBe(false);
    expect(usable('2026-03-03', () => true)).toBe(join(folder, '000003-2026-03-02-abc'));
    expect(usable('2026-03-03', ({ marts }) => marts.length > 0)).toBe(join(folder, '000002-2026-03-01-abc'));
    expect(usable('2026-03-04', () => true)).toBe(join(folder, '000023-2026-03-03-abc'));
    expect(usable('2026-03-01', () => true)).toBeUndefined();
    expect(['2026-03-02', '2026-03-03'].map((asOf) => isNewestMorning(folder, asOf))).toEqual([false, true]);
  });
});

describe('a query on a snapshot', () => {
  async function published(): Promise<Manifest> {
    const warehouse = await mart();
    await exportParquet(warehouse, 'mart_x', ['id'], join(folder, 'mart_x.parquet'));
    warehouse.close();
    const rows = { rows: 3, ...digestOf(join(folder, 'mart_x.parquet')) };
    return { ...manifestOf('2026-03-01'), marts: [{ name: 'mart_x', file: 'mart_x.parquet', ...rows }] };
  }

  it('gives rows as objects', async () => {
    const rows = await querySnapshot(folder, await published(), 'select id, ds, value from mart_x order by id limit 2');
    expect(rows).toEqual([
      { id: 1, ds: '2026-03-01', value: null },
      { id: 2, ds: '2026-03-02', value: 2.5 },
    ]);
  });

  it.each([
    ['select * from mart_y', 'QUERY_FAILED'],
    ["select * from read_csv('/etc/passwd')", 'QUERY_FAILED'],
    ["copy mart_x to '/tmp/x.csv'", 'QUERY_NOT_SELECT'],
    ['drop view mart_x', 'QUERY_NOT_SELECT'],
    ['select 1; select 2', 'QUERY_NOT_SELECT'],
    ['selec 1', 'QUERY_FAILED'],
  ])('%s is refused as %s', async (sql, code) => {
    await expect(querySnapshot(folder, await published(), sql)).rejects.toMatchObject({ code });
  });

  it.each(['select idd from mart_x', 'select x.idd from mart_x as x', 'from MART_X where idd = 1'])(
    'names the columns of the mart where one is asked for that it does not have: %s',
    async (sql) => {
      await expect(querySnapshot(folder, await published(), sql)).rejects.toMatchObject({
        code: 'QUERY_COLUMN_NOT_FOUND',
        message: 'There is no column "idd" in what the query reads.',
        fix: 'mart_x has id, ds, name, value, ok, kind.',
        place: { column: 'idd', table: 'mart_x' },
      });
    },
  );

  it('names the marts where it is another thing that is not found', async () => {
    await expect(querySnapshot(folder, await published(), 'select idd')).rejects.toMatchObject({
      code: 'QUERY_FAILED',
      fix: 'The marts of this snapshot are mart_x; the query "describe <mart>" gives the columns of one.',
    });
  });
});
