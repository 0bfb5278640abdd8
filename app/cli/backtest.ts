import { LeadtimeError } from '../../errors.ts';
import { parseJobNames } from '../../pipelines/jobs.ts';
import { openProject } from '../../pipelines/project.ts';
import { runJobs } from '../../pipelines/run.ts';
import { openSnapshot } from '../../pipelines/snapshot/snapshot-reader.ts';
import { currentSnapshot } from '../../pipelines/snapshot/snapshot-store.ts';
import { sqlText } from '../../pipelines/warehouse/sql-files.ts';
import { formatPercent } from '../format.ts';
import type { Arguments } from './arguments.ts';
import { printJson, printText, textTable } from './output.ts';
import { terminalProgress } from './progress.ts';

interface AccuracyLine {
  level: string;
  model: string;
  horizon: string;
  n: number;
  wape: number | null;
  rmspe: number | null;
  bias: number | null;
  coverage_80: number | null;
  skill: number | null;
}

/** `leadtime backtest`: runs the forecast where it is not current, then prints 1 - WAPE and RMSPE by level and horizon. */
export async function backtest(given: Arguments): Promise<number> {
  const project = openProject(given.project);
  const progress = terminalProgress(given.quiet || given.json);
  await runJobs({
    folder: given.project,
    jobs: parseJobNames(['load', 'forecast', 'publish']),
    asOf: given.asOf,
    seed: given.seed,
    now: () => new Date(),
    progress,
    renderReport: async (folder, manifest) => (await import('../report/report.ts')).renderReport(folder, manifest),
  });
  progress.close();
  const { folder, manifest } = currentSnapshot(project.paths.snapshots);
  const reader = await openSnapshot(folder, manifest);
  const lines = await reader.rows<AccuracyLine>(sqlText('report/backtest'));
  reader.close();
  if (lines.length === 0) {
    throw new LeadtimeError(
      'HISTORY_TOO_SHORT',
      'There is too little history for a backtest.',
      'Give more past sales.',
    );
  }
  if (given.json) printJson(lines);
  else printText(backtestTable(lines));
  return 0;
}

function backtestTable(lines: readonly AccuracyLine[]): string {
  const share = (value: number | null): string => (value === null ? '' : formatPercent(value, 'en'));
  const rows = lines.map((line) => [
    line.level,
    line.model.replaceAll('_', ' '),
    line.horizon,
    share(line.wape === null ? null : 1 - line.wape),
    share(line.rmspe),
    share(line.bias),
    share(line.coverage_80),
    share(line.skill),
  ]);
  return textTable(
    ['level', 'model', 'horizon', '1 - WAPE', 'RMSPE', 'bias', 'in 80 % range', 'over baseline'],
    rows,
    [3, 4, 5, 6, 7],
  );
}
