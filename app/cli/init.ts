import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { TABLE_NAMES, type TableName } from '../../data/contract/tables.ts';
import { simulateCompany } from '../../data/sample/simulate.ts';
import { LeadtimeError } from '../../errors.ts';
import { CONFIG_FILE } from '../../pipelines/project.ts';
import { formatDate, formatNumber } from '../format.ts';
import { type Arguments, numberOption } from './arguments.ts';
import { initFromFiles } from './init/files-project.ts';
import { initFromSource } from './init/source-project.ts';
import { type NewProject, refuseExisting } from './init/write-project.ts';
import { printJson, printText } from './output.ts';
import { terminalProgress } from './progress.ts';

/** Of projects made from files without another. */
const CURRENCY = 'EUR';

/** `leadtime init`: a project from the simulated sample company, a known data set, or a person's own files. */
export async function init(given: Arguments): Promise<number> {
  const { own } = given;
  if (own.sample) return initSample(given);
  const made = own.source ? await fromSource(given) : await fromFiles(given);
  if (given.json) printJson(made);
  else {
    const lines = [
      `Project in ${made.folder}`,
      ...made.files.map((file) => `  ${file}`),
      ...made.notes.map((note) => `- ${note}`),
    ];
    printText([...lines, '', 'Next:', ...made.next.map((command) => `  ${command}`)].join('\n'));
  }
  return 0;
}

async function initSample(given: Arguments): Promise<number> {
  const folder = resolve(given.project);
  refuseExisting(folder, Boolean(given.own.force));
  const progress = terminalProgress(given.quiet || given.json);
  const made = await simulateCompany({
    folder,
    seed: given.seed,
    endsOn: given.asOf,
    products: numberOption(given, 'products'),
    locations: numberOption(given, 'locations'),
    years: numberOption(given, 'years'),
    days: numberOption(given, 'days'),
    rows: numberOption(given, 'rows'),
    customers: numberOption(given, 'customers'),
    onProgress: ({ step, done, total }) => progress.update(step, total > 0 ? done / total : undefined),
  });
  progress.close();
  if (given.json) printJson(made);
  else {
    const count = (value: number): string => formatNumber(value, 'en', 0);
    printText(
      [
        `A simulated company in ${folder}: ${count(made.products)} products, ${count(made.stores)} stores, ` +
          `${count(made.warehouses)} warehouses, ${count(made.customers)} customers, ${count(made.rows.sales)} sales rows ` +
          `from ${formatDate(made.startsOn, 'en')} to the morning of ${formatDate(made.asOf, 'en')}.`,
        'Its true demand, elasticities and churn lie in truth/; only a replay looks there, to judge.',
        `Next: leadtime run --project ${given.project}`,
      ].join('\n'),
    );
  }
  return 0;
}

function fromSource(given: Arguments): Promise<NewProject> {
  const { own } = given;
  if (!own.from) {
    throw new LeadtimeError(
      'FROM_NEEDED',
      `--source ${String(own.source)} needs the folder of its raw files.`,
      'Add --from DIR.',
    );
  }
  return initFromSource(String(own.source), String(own.from), given.project, {
    horizon: numberOption(given, 'horizon'),
    currency: own.currency as string | undefined,
    overwrite: Boolean(own.force),
  });
}

async function fromFiles(given: Arguments): Promise<NewProject> {
  const { own } = given;
  const files: Partial<Record<TableName, string>> = {};
  for (const table of TABLE_NAMES) if (own[table] !== undefined) files[table] = String(own[table]);
  if (Object.keys(files).length === 0) {
    const at = join(resolve(given.project), CONFIG_FILE);
    throw new LeadtimeError(
      'INIT_WHAT',
      existsSync(at) ? `${at} exists already, and init was given nothing to make.` : 'init was given nothing to make.',
      'Use --sample, or --source NAME --from DIR, or name your files: --sales FILE [--products FILE ...].',
    );
  }
  const made = await initFromFiles(files, given.project, {
    name: String(own.name ?? resolve(given.project).split(/[\\/]/).at(-1)),
    currency: String(own.currency ?? CURRENCY),
    horizon: numberOption(given, 'horizon'),
    overwrite: Boolean(own.force),
  });
  if (own.currency !== undefined) return made;
  return { ...made, notes: [...made.notes, `Money is taken to be ${CURRENCY}; name another with --currency.`] };
}
