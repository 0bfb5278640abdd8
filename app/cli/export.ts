import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LeadtimeError } from '../../errors.ts';
import { openProject } from '../../pipelines/project.ts';
import { querySnapshot } from '../../pipelines/snapshot/snapshot-reader.ts';
import { currentSnapshot } from '../../pipelines/snapshot/snapshot-store.ts';
import { quoteName } from '../../pipelines/warehouse/columns.ts';
import type { Arguments } from './arguments.ts';
import { printJson, printText } from './output.ts';

const FORMATS = ['csv', 'arrow', 'json'];

/** `leadtime export <mart>`: CSV to stdout, or to a file; `--json` is an array of row objects. */
export async function exportMart(given: Arguments): Promise<number> {
  const { paths } = openProject(given.project);
  const { folder, manifest } = currentSnapshot(paths.snapshots);
  const mart = given.positionals[0];
  const names = manifest.marts.map(({ name }) => name);
  if (mart === undefined) {
    throw new LeadtimeError('EXPORT_WHAT', 'export takes a mart.', `The snapshot has ${names.join(', ')}.`);
  }
  if (!names.includes(mart)) {
    throw new LeadtimeError('MART_UNKNOWN', `The snapshot has no "${mart}".`, `It has ${names.join(', ')}.`, {
      value: mart,
    });
  }
  const out = given.own.out as string | undefined;
  const format = given.json ? 'json' : String(given.own.format ?? 'csv');
  if (!FORMATS.includes(format)) {
    throw new LeadtimeError('FORMAT_UNKNOWN', `"${format}" is not a format.`, `Use one of ${FORMATS.join(', ')}.`, {
      value: format,
    });
  }
  if (format === 'json') {
    const rows = await querySnapshot(folder, manifest, `from ${quoteName(mart)}`);
    if (out) writeFileSync(out, `${JSON.stringify(rows, null, 2)}\n`);
    else printJson(rows);
    return 0;
  }
  const file = join(folder, 'exports', `${mart}.${format}`);
  if (out) copyFileSync(file, out);
  else if (format === 'csv') printText(readFileSync(file, 'utf8'));
  else throw new LeadtimeError('OUT_NEEDED', 'Arrow is binary.', 'Name a file with --out FILE.');
  return 0;
}
