import type { JobResult } from '../job.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { FileSummary } from './file-summaries.ts';

const sum = (files: readonly FileSummary[], of: (file: FileSummary) => number): number =>
  files.reduce((total, file) => total + of(file), 0);

/** The load in counts and in sentences, what was left out first. */
export async function describeLoad(warehouse: Warehouse, files: readonly FileSummary[]): Promise<JobResult> {
  const notes = files
    .filter((file) => file.quarantined + (file.rows_quarantined ?? 0) > 0)
    .map((file) => {
      const parts = [
        file.quarantined > 0 ? `${file.quarantined} of ${file.records} records` : '',
        file.rows_quarantined ? `${file.rows_quarantined} of ${file.rows_mapped} mapped rows` : '',
      ];
      return `${file.path}: ${parts.filter(Boolean).join(' and ')} quarantined; mart_quarantine says why.`;
    });
  const duplicates = files.filter((file) => file.duplicate > 0).map((file) => `${file.path}: ${file.reason}.`);
  const warnings = await warehouse.rows<{ path: string; message: string }>(
    'select path, message from load_warning order by table_name, path, column_name, warning_code',
  );
  return {
    counts: {
      files: files.length,
      records: sum(files, (file) => file.records),
      loaded: sum(files, (file) => file.loaded),
      quarantined: sum(files, (file) => file.quarantined),
      duplicate: sum(files, (file) => file.duplicate),
      rows_quarantined: sum(files, (file) => file.rows_quarantined ?? 0),
      warnings: warnings.length,
    },
    notes: [
      ...notes,
      ...duplicates,
      ...warnings.map(({ path, message }) => (path === '' ? `${message}.` : `${path}: ${message}.`)),
    ],
  };
}
