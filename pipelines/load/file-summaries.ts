import { LeadtimeError } from '../../errors.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';

/** What became of one input file: records = loaded + quarantined + duplicate + refused. */
export interface FileSummary {
  path: string;
  table: string;
  format: string;
  bytes: number;
  sha256: string;
  /** Physical records by an independent count, without the header and empty lines. */
  records: number;
  loaded: number;
  quarantined: number;
  /** Records of a file whose content another file already gives. */
  duplicate: number;
  /** Records of a file that is refused as a whole, as far as they could be counted: see `is_refused`. */
  refused: number;
  is_refused: boolean;
  reason_code: string | null;
  /** Why the file was refused or not loaded again. */
  reason: string | null;
  fix: string | null;
  line: number | null;
  /** Rows that the SELECT made of the files, where there is one. */
  rows_mapped: number | null;
  rows_loaded: number | null;
  rows_quarantined: number | null;
}

/** Every input file of the last load, ordered by table and path; for the ledger. */
export async function readFileSummaries(warehouse: Warehouse): Promise<FileSummary[]> {
  if (!(await warehouse.hasRelation('raw_file'))) return [];
  return warehouse.rows<FileSummary>(
    `select path, table_name as "table", format, bytes, sha256,
      columns('^(records|loaded|quarantined|duplicate|refused)$')::double,
      is_refused, reason_code, reason, fix, columns('^(line|rows_.*)$')::double
      from raw_file order by table_name, path, position`,
  );
}

/** The error of a run that may not go on, as some of its input is missing as a whole. */
export function refusedError(files: readonly FileSummary[]): LeadtimeError {
  const say = (file: FileSummary): string =>
    `${file.path}${file.line === null ? '' : ` line ${file.line}`}: ${file.reason} [${file.reason_code}]`;
  const [first] = files;
  return new LeadtimeError(
    'FILE_REFUSED',
    files.length === 1
      ? `A file is refused: ${say(first!)}.`
      : `${files.length} files are refused: ${files.map(say).join('; ')}.`,
    first!.fix ?? 'Correct the file and run again.',
    { file: first!.path, table: first!.table, ...(first!.line === null ? {} : { line: first!.line }) },
  );
}
