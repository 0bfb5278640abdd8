import { LeadtimeError } from '../../errors.ts';
import { bucketSizeOf } from '../../models/forecast/backtest/judgement.ts';
import { compareBacktests } from '../../models/forecast/compare/compare-backtests.ts';
import type { Refit } from '../../models/forecast/plan.ts';
import { runBacktest } from '../../pipelines/backtest/run-backtest.ts';
import { type BacktestRecord, listBacktests, readCells } from '../../pipelines/backtest/store.ts';
import { readLedger } from '../../pipelines/ledger.ts';
import { openProject, type Project } from '../../pipelines/project.ts';
import { type Arguments, numberOption } from './arguments.ts';
import { backtestText, comparisonText, DIMENSION_NAMES, type Dimension } from './backtest-tables.ts';
import { printJson, printText } from './output.ts';
import { terminalProgress } from './progress.ts';

/**
 * `leadtime backtest`: how good forecasts were on past cutoffs, by level, horizon, cutoff and segment, what each model is worth
 * and costs, and beside another backtest where one is named. A backtest of the same inputs, config and code is not made twice.
 */
export async function backtest(given: Arguments): Promise<number> {
  const by = dimensionsOf(given);
  const project = openProject(given.project);
  const progress = terminalProgress(given.quiet || given.json);
  const record = await runBacktest({
    folder: given.project,
    asOf: given.asOf,
    seed: given.seed,
    cutoffs: positive(given, 'cutoffs'),
    gap: numberOption(given, 'gap'),
    refit: refitOf(given),
    now: () => new Date(),
    progress,
  });
  progress.close();
  const which = given.own.compare;
  const other = which === undefined ? undefined : findBacktest(project, record, String(which));
  const compared = other && compare(project, record, other);
  if (given.json) printJson(other ? { ...record, compared_with: other.id, compared } : record);
  else {
    const { language } = project.config;
    const parts = [backtestText(record, by, language)];
    if (other) parts.push(comparisonText(record, other, compared!, language));
    printText(parts.join('\n\n'));
  }
  return 0;
}

function positive(given: Arguments, name: string): number | undefined {
  const value = numberOption(given, name);
  if (value !== 0) return value;
  throw new LeadtimeError('ARGUMENT_INVALID', `--${name} is 0.`, 'Give 1 or more.', { value });
}

function dimensionsOf({ own }: Arguments): Dimension[] {
  const names = own.by === undefined ? [] : String(own.by).split(',');
  const unknown = names.find((name) => !DIMENSION_NAMES.some((known) => known === name));
  if (unknown === undefined) return DIMENSION_NAMES.filter((name) => names.includes(name));
  throw new LeadtimeError(
    'ARGUMENT_INVALID',
    `--by "${unknown}" is none of ${DIMENSION_NAMES.join(', ')}.`,
    'Give one or several with commas between, such as --by segment,horizon.',
    { value: unknown },
  );
}

function refitOf({ own }: Arguments): Refit | undefined {
  const { refit } = own;
  if (refit === undefined || refit === 'auto' || refit === 'once' || refit === 'each') return refit;
  throw new LeadtimeError(
    'ARGUMENT_INVALID',
    `--refit ${String(refit)} is none of auto, once and each.`,
    'Give `once` to train models over all series before the first cutoff, `each` to train them for every cutoff, or `auto`.',
    { value: String(refit) },
  );
}

/**
 * The newest other backtest that answers to a name: its id or the start of it, a run of the ledger by number, id or snapshot, a
 * version, or `last`.
 */
function findBacktest({ paths }: Project, record: BacktestRecord, which: string): BacktestRecord {
  const others = listBacktests(paths.backtests).filter(({ id }) => id !== record.id);
  const run = readLedger(paths.ledger).find((entry) =>
    [String(entry.sequence), entry.run_id, entry.snapshot].includes(which),
  );
  const backtestOfRun = run?.steps.find(({ backtest }) => backtest !== undefined)?.backtest;
  const found = others.find(
    ({ id, version }) =>
      which === 'last' ||
      id === backtestOfRun ||
      (which.length >= 4 && id.startsWith(which)) ||
      version === which ||
      version.split('+')[0] === which,
  );
  if (found) return found;
  if (backtestOfRun === record.id) {
    throw new LeadtimeError(
      'BACKTEST_SAME',
      `Run ${which} has this very backtest: same inputs, config and code.`,
      'Change the config or the code first, or name another one.',
      { value: which },
    );
  }
  const known = others.map(({ id, as_of, version }) => `${id} (as of ${as_of}, ${version})`);
  throw new LeadtimeError(
    'BACKTEST_NOT_FOUND',
    `No other backtest answers to "${which}".`,
    known.length > 0
      ? `Those kept are ${known.join(', ')}; \`last\` is the newest.`
      : 'Run `leadtime backtest` or `leadtime run` with the other version or config first; its backtest is kept.',
    { value: which },
  );
}

function compare({ paths }: Project, record: BacktestRecord, other: BacktestRecord) {
  const [one, two] = [record, other].map(({ id }) => readCells(paths.backtests, id));
  const compared = compareBacktests(one!, two!, bucketSizeOf(record));
  if (compared.length > 0) return compared;
  throw new LeadtimeError(
    'BACKTEST_NOT_COMPARABLE',
    `The backtests ${record.id} (as of ${record.as_of}) and ${other.id} (as of ${other.as_of}) judged no day in common.`,
    `Run one of them again with the other's day: leadtime backtest --as-of ${other.as_of}.`,
    { value: other.id },
  );
}
