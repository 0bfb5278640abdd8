import { LeadtimeError } from '../../errors.ts';
import { type LedgerEntry, readLedger } from '../../pipelines/ledger.ts';
import { openProject } from '../../pipelines/project.ts';
import type { Language } from '../format.ts';
import { runsWords } from '../phrases/runs.ts';
import { countName, listed, phrase } from '../phrases.ts';
import { type Arguments, numberOption } from './arguments.ts';
import { modelsTable } from './backtest-tables.ts';
import { printJson, printText, textTable } from './output.ts';

/** `leadtime runs`: the ledger, newest first, or one run of it by its number. */
export async function runs(given: Arguments): Promise<number> {
  const { paths, config } = openProject(given.project);
  const { language } = config;
  const words = runsWords[language];
  const [number] = given.positionals;
  if (number !== undefined) return oneRun(readLedger(paths.ledger), number, given.json, language);
  const entries = readLedger(paths.ledger)
    .reverse()
    .slice(0, numberOption(given, 'limit') ?? 20);
  if (given.json) printJson(entries);
  else if (entries.length === 0) printText(words.none);
  else {
    const rows = entries.map((entry) => [
      String(entry.sequence),
      entry.as_of,
      words.status(entry.status),
      entry.jobs.join(' '),
      entry.seconds.toFixed(1),
      String(entry.files.reduce((sum, file) => sum + file.loaded, 0)),
      String(entry.files.reduce((sum, file) => sum + file.quarantined, 0)),
      entry.snapshot ?? String(entry.error?.code ?? ''),
    ]);
    printText(textTable(words.head, rows, [0, 4, 5, 6]));
  }
  return 0;
}

/** The steps of a run, and what its models are worth and cost. */
function oneRun(entries: readonly LedgerEntry[], number: string, json: boolean, language: Language): number {
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
  const words = runsWords[language];
  const facts = words.facts({ ...entry, seconds: entry.seconds.toFixed(1) });
  const steps = textTable(
    ['step', 'status', 'seconds', 'result'].map((word) => phrase(word, language)),
    entry.steps.map((step) => [
      step.job,
      words.status(step.status),
      step.seconds.toFixed(1),
      listed(
        Object.entries(step.counts).map(([name, count]) => `${countName(name, language)} ${count}`),
        language,
      ),
    ]),
    [2],
  );
  const models = entry.steps.flatMap((step) => (step.models ? [modelsTable(step.models, language)] : []));
  printText([facts, steps, ...models].join('\n\n'));
  return 0;
}
