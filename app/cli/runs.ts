import { LeadtimeError } from '../../errors.ts';
import { type LedgerEntry, readLedger } from '../../pipelines/ledger.ts';
import { openProject } from '../../pipelines/project.ts';
import { countName } from '../phrases.ts';
import { type Arguments, numberOption } from './arguments.ts';
import { modelsTable } from './backtest-tables.ts';
import { printJson, printText, textTable } from './output.ts';

/** `leadtime runs`: the ledger, newest first, or one run of it by its number. */
export async function runs(given: Arguments): Promise<number> {
  const { paths } = openProject(given.project);
  const [number] = given.positionals;
  if (number !== undefined) return oneRun(readLedger(paths.ledger), number, given.json);
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

/** The steps of a run, and what its models are worth and cost. */
function oneRun(entries: readonly LedgerEntry[], number: string, json: boolean): number {
  const entry = entries.find(({ sequence }) => String(sequence) === number);
  if (!entry) {
    throw new LeadtimeError('RUN_NOT_FOUND', `There is no run ${number}.`, 'See `leadtime runs` for those there are.', {
      value: number,
    });
  }
  if (json) {
    printJson(entry);
    return 0;
  }
  const { sequence, run_id, as_of, status, version, seed, started_at, seconds, snapshot } = entry;
  const facts = `Run ${sequence} (${run_id}), as of ${as_of}, ${status}: ${seconds.toFixed(1)} s from ${started_at}, version ${version}, seed ${seed}, snapshot ${snapshot ?? 'none'}.`;
  const steps = textTable(
    ['step', 'status', 'seconds', 'result'],
    entry.steps.map((step) => [
      step.job,
      step.status,
      step.seconds.toFixed(1),
      Object.entries(step.counts)
        .map(([name, count]) => `${countName(name)} ${count}`)
        .join(', '),
    ]),
    [2],
  );
  const models = entry.steps.flatMap((step) => (step.models ? [modelsTable(step.models)] : []));
  printText([facts, steps, ...models].join('\n\n'));
  return 0;
}
