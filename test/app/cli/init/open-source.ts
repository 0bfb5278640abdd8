import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll } from 'vitest';
import type { DataSetName } from '../../../../app/cli/init/data-sets.ts';
import { DATA_SETS } from '../../../../app/cli/init/data-sets.ts';
import { initFromSource } from '../../../../app/cli/init/source-project.ts';
import type { Row } from '../../../../pipelines/warehouse/warehouse.ts';
import { Warehouse } from '../../../../pipelines/warehouse/warehouse.ts';
import { realData } from '../../../real-data.ts';
import { contractBreaks, mapSources } from './map-source.ts';

/** A data set's project, made and mapped once for a group of tests. */
export interface OpenSource {
  breaks: string[];
  /** The first row of a query over `mapped_<table>`. */
  one<T extends object = Row>(sql: string): Promise<T>;
  rows<T extends object = Row>(sql: string): Promise<T[]>;
}

export async function openSource(name: DataSetName): Promise<OpenSource> {
  const folder = mkdtempSync(join(tmpdir(), 'leadtime-source-'));
  const warehouse = await Warehouse.open(':memory:', { threads: 2 });
  afterAll(() => {
    warehouse.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const { config } = await initFromSource(name, realData(DATA_SETS[name].folder)!, folder);
  const tables = await mapSources(warehouse, folder, config);
  const breaks: string[] = [];
  for (const table of tables) breaks.push(...(await contractBreaks(warehouse, table)));
  return {
    breaks,
    one: async <T extends object>(sql: string) => (await warehouse.rows<T>(sql))[0]!,
    rows: (sql) => warehouse.rows(sql),
  };
}

/** The fields of a raw CSV without quoted commas, read without DuckDB: the independent side of a comparison. */
export function rawRecords(folder: string, file: string): string[][] {
  const bytes = readFileSync(join(realData(folder)!, file));
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  return text
    .replaceAll('"', '')
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map((line) => line.split(','));
}

export const sum = (values: Iterable<number>): number => {
  let total = 0;
  for (const value of values) total += value;
  return total;
};
