import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConfigInput } from '../../../data/contract/config.ts';
import { type LoadProject, openLoadProject } from './load-project.ts';

/** Bad files, made by `write-files.mjs`, each with what must become of it. */
const root = join(import.meta.dirname, '../../input/load');
const cases = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

interface Expected {
  sources: ConfigInput['sources'];
  error?: string;
  files: {
    path: string;
    records: number;
    loaded: number;
    quarantined: number;
    duplicate?: number;
    refused?: boolean;
    reason_code?: string;
    line?: number;
    message?: string;
  }[];
  quarantine?: { line?: number; column?: string; value?: string; reason_code: string; message: string }[];
  warnings?: { warning_code: string; message: string }[];
}

describe('bad files', () => {
  // One warehouse for all: what is loaded depends on the files named now, not on those before.
  let project: LoadProject;
  beforeAll(async () => {
    project = await openLoadProject();
  });
  afterAll(() => project.close());

  it('are at least 40', () => expect(cases.length).toBeGreaterThanOrEqual(40));

  it.each(cases)('%s: every record is accounted for as expected', async (name) => {
    const folder = join(root, name);
    const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Expected;
    const { error } = await project.load(expected.sources, folder);
    expect(error?.code).toBe(expected.error);
    const files = await project.files();
    expect(
      files.map((file) => ({
        path: file.path,
        records: file.records,
        loaded: file.loaded,
        quarantined: file.quarantined,
        duplicate: file.duplicate,
        refused: file.is_refused,
        reason_code: file.reason_code,
        line: file.line,
        message: file.reason,
      })),
    ).toEqual(
      expected.files.map((file) => ({
        duplicate: 0,
        refused: false,
        reason_code: null,
        line: null,
        message: null,
        ...file,
      })),
    );
    const quarantine = await project.quarantine();
    expect(
      quarantine.map((row) => ({
        line: row.line,
        column: row.column_name,
        value: row.value,
        reason_code: row.reason_code,
        message: row.message,
      })),
    ).toEqual((expected.quarantine ?? []).map((row) => ({ line: null, column: null, value: null, ...row })));
    for (const file of files) {
      expect(file.loaded + file.quarantined + file.duplicate + file.refused).toBe(file.records);
      if (file.is_refused)
        expect([file.loaded, file.reason, file.fix]).toEqual([0, expect.any(String), expect.any(String)]);
    }
    const tables = Object.keys(expected.sources ?? {});
    const counts = await Promise.all(
      tables.map((table) => project.warehouse.rows<{ n: number }>(`select count(*)::integer as n from raw_${table}`)),
    );
    expect(counts.reduce((sum, [row]) => sum + row!.n, 0)).toBe(files.reduce((sum, file) => sum + file.loaded, 0));
    expect(quarantine.every(({ raw }) => raw.length > 0)).toBe(true);
    const warnings = await project.warehouse.rows('select warning_code, message from load_warning order by all');
    expect(warnings).toEqual(expected.warnings ?? []);
  });
});
