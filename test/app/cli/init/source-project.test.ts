import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DATA_SET_NAMES, DATA_SETS, type DataSet } from '../../../../app/cli/init/data-sets.ts';
import { initFromSource } from '../../../../app/cli/init/source-project.ts';
import { parseConfig } from '../../../../data/contract/config.ts';
import { sqlText } from '../../../../pipelines/warehouse/sql-files.ts';
import { parseHeader } from '../../../../pipelines/warehouse/sql-models.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'leadtime-init-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Empty files under the names a data set goes by. */
function placeFiles(dataSet: DataSet, into: string): void {
  mkdirSync(into, { recursive: true });
  for (const [name] of Object.values(dataSet.files)) writeFileSync(join(into, name!), '');
}

describe('initFromSource', () => {
  it.each(DATA_SET_NAMES)('makes a valid project of %s, with the SQL of every table beside it', async (name) => {
    placeFiles(DATA_SETS[name], join(folder, 'raw'));
    const project = join(folder, 'project');
    const made = await initFromSource(name, join(folder, 'raw'), project);
    const written = JSON.parse(readFileSync(join(project, 'leadtime.config.json'), 'utf8'));
    const config = parseConfig(written, 'leadtime.config.json');
    expect(Object.keys(config.sources)).toEqual(Object.keys(DATA_SETS[name].tables));
    for (const source of Object.values(config.sources)) {
      const { path, sql } = source as { path: Record<string, string>; sql: string };
      expect(existsSync(join(project, sql))).toBe(true);
      expect(Object.values(path).every(existsSync)).toBe(true);
    }
    expect(made.files.every((file) => existsSync(join(project, file)))).toBe(true);
  });

  it.each(DATA_SET_NAMES)('names in each SQL header of %s the relations that the config gives it', (name) => {
    const dataSet: DataSet = DATA_SETS[name];
    for (const [table, { reads, sql }] of Object.entries(dataSet.tables)) {
      const file = `sources/${sql ?? `${name}/${table}`}`;
      expect(parseHeader(file, sqlText(file)).inputs).toEqual([...reads]);
      for (const relation of reads) expect(Object.keys(dataSet.files)).toContain(relation);
    }
  });

  it('finds the files in the usual folder below the one that is named', async () => {
    placeFiles(DATA_SETS['crm-sales'], join(folder, 'data', 'crm_sales'));
    const { config } = await initFromSource('crm-sales', join(folder, 'data'), join(folder, 'project'));
    expect(config.sources.products).toMatchObject({
      path: { products: join(folder, 'data', 'crm_sales', 'products.csv') },
    });
  });

  it('keeps paths relative where the files lie inside the project', async () => {
    placeFiles(DATA_SETS.telco, join(folder, 'input'));
    const { config } = await initFromSource('telco', join(folder, 'input'), folder);
    expect(config.sources.customers).toMatchObject({ path: { customers: 'input/Telco-Customer-Churn.csv' } });
  });

  it('takes the horizon that is asked for in place of the data set’s own', async () => {
    placeFiles(DATA_SETS.rossmann, folder);
    const { config } = await initFromSource('rossmann', folder, join(folder, 'project'), { horizon: 14 });
    expect(config.horizon).toBe(14);
  });

  it('names the files that are missing and where it looked', async () => {
    writeFileSync(join(folder, 'store.csv'), '');
    await expect(initFromSource('rossmann', folder, join(folder, 'project'))).rejects.toMatchObject({
      code: 'SOURCE_NOT_FOUND',
      message: expect.stringMatching(/train\.csv\.gz or train\.csv, future\.csv\.gz.*looked in .*leadtime-init/),
    });
    expect(existsSync(join(folder, 'project'))).toBe(false);
  });

  it('lists the data sets for a name it does not know', async () => {
    await expect(initFromSource('toString', folder, folder)).rejects.toMatchObject({
      code: 'SOURCE_UNKNOWN',
      fix: expect.stringContaining('rossmann, m5, m5-items'),
    });
  });

  it('does not write over a project unless told to', async () => {
    placeFiles(DATA_SETS.telco, folder);
    await initFromSource('telco', folder, folder);
    await expect(initFromSource('telco', folder, folder)).rejects.toMatchObject({ code: 'PROJECT_EXISTS' });
    await expect(initFromSource('telco', folder, folder, { overwrite: true })).resolves.toBeDefined();
  });
});
