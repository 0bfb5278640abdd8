import { dayOf } from '../../data/day.ts';
import { LeadtimeError } from '../../errors.ts';
import { checkModel } from '../../models/replay/forecast-origin.ts';
import { parsePolicies } from '../../models/replay/policies.ts';
import { parseJobNames } from '../../pipelines/jobs.ts';
import { openProject } from '../../pipelines/project.ts';
import { runJobs } from '../../pipelines/run.ts';
import { openSnapshot } from '../../pipelines/snapshot/snapshot-reader.ts';
import { currentSnapshot } from '../../pipelines/snapshot/snapshot-store.ts';
import { sqlText } from '../../pipelines/warehouse/sql-files.ts';
import type { Arguments } from './arguments.ts';
import { printJson, printText } from './output.ts';
import { terminalProgress } from './progress.ts';
import { type ReplayedModel, type ReplayedOrders, type ReplayedPolicy, replayText } from './replay-tables.ts';

/** `leadtime replay`: the company played forward on its own past, day by day, by our orders and by other policies. */
export async function replay(given: Arguments): Promise<number> {
  const asked = given.own.policy as string[] | undefined;
  const policies = parsePolicies(asked ?? []);
  const models = modelsOf(given);
  const dates = (['from', 'to'] as const).flatMap((name) => {
    const date = given.own[name] as string | undefined;
    if (date !== undefined) dayOf(date);
    return date === undefined ? [] : [[name, date]];
  });
  const { config, paths } = openProject(given.project);
  const progress = terminalProgress(given.quiet || given.json);
  const entry = await runJobs({
    folder: given.project,
    jobs: parseJobNames(['load', 'replay', 'publish']),
    asOf: given.asOf,
    seed: given.seed,
    replay: { ...Object.fromEntries(dates), ...(asked && { policies }), ...(models && { models }) },
    now: () => new Date(),
    progress,
    renderReport: async (folder, manifest) => (await import('../report/report.ts')).renderReport(folder, manifest),
  });
  progress.close();
  const { folder, manifest } = currentSnapshot(paths.snapshots);
  if (!manifest.marts.some(({ name }) => name === 'mart_replay')) {
    throw new LeadtimeError(
      'REPLAY_NOT_POSSIBLE',
      entry.steps.find(({ job }) => job === 'replay')?.notes[0] ?? 'Nothing was replayed.',
      'Give the tables that are missing as sources in the config.',
    );
  }
  const reader = await openSnapshot(folder, manifest);
  const all = await reader.rows<ReplayedPolicy>(sqlText('report/replay'));
  const periods = await reader.rows<ReplayedPolicy>(sqlText('report/replay_periods'));
  const [orders] = await reader.rows<ReplayedOrders>(sqlText('report/replay_orders'));
  const tried = await reader.rows<ReplayedModel>('select * from mart_replay_model order by place_by_cost, model');
  reader.close();
  const isChosen = ({ policy }: ReplayedPolicy): boolean => policies.some((name) => name === policy);
  const chosen = all.filter(isChosen);
  if (given.json) {
    printJson({ policies: chosen, periods: periods.filter(isChosen), orders, models: tried });
  } else {
    const notes = entry.steps.find(({ job }) => job === 'replay')?.notes ?? [];
    printText(replayText(chosen, orders!, tried, notes, config));
  }
  return 0;
}

function modelsOf({ own }: Arguments): string[] | undefined {
  const given = own['compare-models'] as string | undefined;
  if (given === undefined) return undefined;
  const models = given.split(',').map((name) => name.trim());
  for (const model of models) checkModel(model);
  return models;
}
