import type { Warehouse } from '../warehouse/warehouse.ts';
import { openCsv } from './open-csv.ts';
import { openJsonl, openLines } from './open-lines.ts';
import { openParquet } from './open-parquet.ts';
import type { OpenFile } from './readable-file.ts';
import type { SourceFile } from './sources.ts';

/**
 * Opens a file of any format.
 *
 * @param workFolder for copies; emptied by the caller
 * @param name of those copies, unique within the load
 * @throws Refusal where the file as a whole cannot be loaded
 */
export async function openFile(
  warehouse: Warehouse,
  file: SourceFile,
  delimiter: string,
  workFolder: string,
  name: string,
): Promise<OpenFile> {
  if (file.format === 'parquet') return openParquet(warehouse, file, workFolder, name);
  if (file.format === 'jsonl') return openJsonl(warehouse, file, workFolder, name);
  if (file.format === 'text') return openLines(file, workFolder, name);
  return openCsv(file, delimiter, workFolder, name);
}
