import { readLedger } from '../../pipelines/ledger.ts';
import { openProject } from '../../pipelines/project.ts';
import { type Arguments, numberOption } from './arguments.ts';
import { printJson, printText, textTable } from './output.ts';

/** `leadtime runs`: the ledger, newest first. */
export async function runs(given: Arguments): Promise<number> {
  const { paths } = openProject(given.project);
  const entries = readLedger(paths.ledger)
    .reverse()
    .slice(0, numberOption(given, 'limit') ?? 20);
  if (given.json) printJson(entries);
  else if (entries.length === 0) printText('No run yet. Next: leadtime run');
  else {
    const rows = entries.map((entry) => [
      String(entry.sequence),
      entry.as_of,
      entry.status,
      entry.jobs.join(' '),
      entry.seconds.toFixed(1),
      String(entry.files.reduce((sum, file) => sum + file.loaded, 0)),
      String(entry.files.reduce((sum, file) => sum + file.quarantined, 0)),
      entry.snapshot ?? String(entry.error?.code ?? ''),
    ]);
    const head = ['run', 'as of', 'status', 'jobs', 'seconds', 'loaded', 'quarantined', 'snapshot or error'];
    printText(textTable(head, rows, [0, 4, 5, 6]));
  }
  return 0;
}
