import { dayOf } from '../../data/day.ts';
import { LeadtimeError } from '../../errors.ts';
import { REPLAY_POLICIES } from '../../models/restock/replay.ts';
import { parseJobNames } from '../../pipelines/jobs.ts';
import { openProject } from '../../pipelines/project.ts';
import { runJobs } from '../../pipelines/run.ts';
import { openSnapshot } from '../../pipelines/snapshot/snapshot-reader.ts';
import { currentSnapshot } from '../../pipelines/snapshot/snapshot-store.ts';
import { quoteText } from '../../pipelines/warehouse/columns.ts';
import { sqlText } from '../../pipelines/warehouse/sql-files.ts';
import { formatMoney, formatPercent } from '../format.ts';
import type { Arguments } from './arguments.ts';
import { printJson, printText, textTable } from './output.ts';
import { terminalProgress } from './progress.ts';

interface ReplayLine {
  policy: string;
  period: string;
  cost: number;
  fill_rate: number | null;
  against_baseline: number;
  against_perfect_foresight: number;
}

/** `leadtime replay`: restock on past stretches of sales, each with what was known before it, beside simpler policies. */
export async function replay(given: Arguments): Promise<number> {
  const policies = (given.own.policy as string[] | undefined) ?? [...REPLAY_POLICIES];
  const unknown = policies.find((policy) => !REPLAY_POLICIES.some((known) => known === policy));
  if (unknown !== undefined) {
    throw new LeadtimeError(
      'POLICY_UNKNOWN',
      `There is no policy "${unknown}".`,
      `The policies are ${REPLAY_POLICIES.join(', ')}.`,
      {
        value: unknown,
      },
    );
  }
  const bound = (name: 'from' | 'to'): string => {
    const date = given.own[name] as string | undefined;
    if (date !== undefined) dayOf(date);
    return date === undefined ? 'null' : quoteText(date);
  };
  const values = { from: bound('from'), to: bound('to') };
  const { config, paths } = openProject(given.project);
  const progress = terminalProgress(given.quiet || given.json);
  await runJobs({
    folder: given.project,
    jobs: parseJobNames(['load', 'forecast', 'restock', 'publish']),
    asOf: given.asOf,
    seed: given.seed,
    now: () => new Date(),
    progress,
    renderReport: async (folder, manifest) => (await import('../report/report.ts')).renderReport(folder, manifest),
  });
  progress.close();
  const { folder, manifest } = currentSnapshot(paths.snapshots);
  const reader = await openSnapshot(folder, manifest);
  const hasReplay = manifest.marts.some(({ name }) => name === 'mart_replay');
  const lines = hasReplay ? await reader.rows<ReplayLine>(sqlText('report/replay', values)) : [];
  reader.close();
  const chosen = lines.filter(({ policy }) => policies.includes(policy));
  if (chosen.length === 0) {
    throw new LeadtimeError(
      'REPLAY_EMPTY',
      'No stretch of history lies in that range.',
      'Widen --from and --to; the forecast backtest covers "forecast.cutoffs" horizons before the as-of date.',
    );
  }
  if (given.json) printJson(chosen);
  else {
    const money = (amount: number): string => formatMoney(amount, config.currency, config.language);
    const rows = chosen.map((line) => [
      line.period,
      line.policy.replaceAll('_', ' '),
      money(line.cost),
      line.fill_rate === null ? '' : formatPercent(line.fill_rate, config.language),
      money(line.against_baseline),
      money(line.against_perfect_foresight),
    ]);
    const head = ['period', 'policy', 'cost', 'served', 'against recent mean', 'against foresight'];
    printText(textTable(head, rows, [2, 3, 4, 5]));
  }
  return 0;
}
