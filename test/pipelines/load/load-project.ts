import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type ConfigInput, parseConfig } from '../../../data/contract/config.ts';
import { LeadtimeError } from '../../../errors.ts';
import type { JobContext, JobResult } from '../../../pipelines/job.ts';
import { type FileSummary, readFileSummaries } from '../../../pipelines/load/file-summaries.ts';
import { loadJob } from '../../../pipelines/load.ts';
import { Warehouse } from '../../../pipelines/warehouse/warehouse.ts';

/** A project folder and a warehouse for tests of the load. */
export interface LoadProject {
  folder: string;
  warehouse: Warehouse;
  write(path: string, content: string | Uint8Array): void;
  remove(path: string): void;
  load(sources: ConfigInput['sources'], folder?: string): Promise<{ result?: JobResult; error?: LeadtimeError }>;
  files(): Promise<FileSummary[]>;
  quarantine(): Promise<QuarantineRow[]>;
  close(): void;
}

export interface QuarantineRow {
  path: string;
  line: number | null;
  column_name: string | null;
  value: string | null;
  reason_code: string;
  message: string;
  raw: string;
}

export async function openLoadProject(): Promise<LoadProject> {
  const folder = mkdtempSync(join(tmpdir(), 'leadtime-test-'));
  const warehouse = await Warehouse.open(join(folder, 'warehouse.duckdb'), { threads: 2 });
  return {
    folder,
    warehouse,
    write(path, content) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    },
    remove: (path) => rmSync(join(folder, path)),
    async load(sources, from = folder) {
      const config = parseConfig({ name: 'test', currency: 'EUR', sources }, 'leadtime.config.json');
      const context = { folder: from, config, warehouse, progress: { update: () => undefined } };
      try {
        return { result: await loadJob.run(context as unknown as JobContext) };
      } catch (error) {
        if (error instanceof LeadtimeError) return { error };
        throw error;
      }
    },
    files: () => readFileSummaries(warehouse),
    quarantine: () =>
      warehouse.rows<QuarantineRow>(
        `select path, line::double as line, column_name, value, reason_code, message, raw from quarantine
          order by path, line, raw`,
      ),
    close() {
      warehouse.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
