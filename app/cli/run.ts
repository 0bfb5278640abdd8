import { lockFileOf, refuseLocked } from '../../pipelines/lock.ts';
import type { Arguments } from './arguments.ts';
import { printJson, printText } from './output.ts';
import { terminalProgress } from './progress.ts';

/** `leadtime run [job ...]`: runs jobs, then says what came out, the money at stake, and what to type next. */
export async function run(given: Arguments): Promise<number> {
  refuseLocked(lockFileOf(given.project));
  const { parseJobNames } = await import('../../pipelines/jobs.ts');
  const { runJobs } = await import('../../pipelines/run.ts');
  const jobs = parseJobNames(given.positionals);
  const progress = terminalProgress(given.quiet || given.json);
  try {
    const entry = await runJobs({
      folder: given.project,
      jobs,
      asOf: given.asOf,
      seed: given.seed,
      now: () => new Date(),
      progress,
      renderReport: async (folder, manifest) => (await import('../report/report.ts')).renderReport(folder, manifest),
      secretOf: (name) => process.env[name],
    });
    progress.close();
    if (given.json) {
      printJson(entry);
      return 0;
    }
    const { openProject } = await import('../../pipelines/project.ts');
    const { currentSnapshot } = await import('../../pipelines/snapshot/snapshot-store.ts');
    const { runSummary } = await import('./run-summary.ts');
    const project = openProject(given.project);
    const snapshot = entry.snapshot === null ? undefined : currentSnapshot(project.paths.snapshots);
    printText(await runSummary(entry, project, snapshot));
  } finally {
    progress.close();
  }
  return 0;
}
