import { LeadtimeError } from '../../errors.ts';
import { openProject } from '../../pipelines/project.ts';
import { querySnapshot } from '../../pipelines/snapshot/snapshot-reader.ts';
import { currentSnapshot } from '../../pipelines/snapshot/snapshot-store.ts';
import { phrase } from '../phrases.ts';
import type { Arguments } from './arguments.ts';
import { printJson, printText, textTable } from './output.ts';

/** `leadtime query "<select>"`: the published snapshot, never the warehouse. */
export async function query(given: Arguments): Promise<number> {
  const [sql, more] = given.positionals;
  if (!sql || more !== undefined) {
    throw new LeadtimeError(
      'QUERY_MISSING',
      'query takes one SELECT.',
      'Write it in quotes: leadtime query "from mart_restock".',
    );
  }
  const { paths, config } = openProject(given.project);
  const { folder, manifest } = currentSnapshot(paths.snapshots);
  const rows = await querySnapshot(folder, manifest, sql);
  if (given.json) printJson(rows);
  else if (rows.length === 0) printText(phrase('no_rows', config.language));
  else {
    const head = Object.keys(rows[0]!);
    const cells = rows.map((row) => Object.values(row).map((value) => (value === null ? '' : String(value))));
    const numbers = head.flatMap((_, i) => (Object.values(rows[0]!).map((v) => typeof v)[i] === 'number' ? [i] : []));
    printText(textTable(head, cells, numbers));
  }
  return 0;
}
