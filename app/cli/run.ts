import { parseJobNames } from '../../pipelines/jobs.ts';
import { openProject } from '../../pipelines/project.ts';
import { runJobs } from '../../pipelines/run.ts';
import { currentSnapshot } from '../../pipelines/snapshot/snapshot-store.ts';
import type { Arguments } from './arguments.ts';
import { printJson, printText } from './output.ts';
import { terminalProgress } from './progress.ts';
import { runSummary } from './run-summary.ts';

/** `leadtime run [job ...]`: runs jobs, then says what came out, the money at stake, and what to type next. */
export async function run(given: Arguments): Promise<number> {
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
    });
    progress.close();
    if (given.json) {
      printJson(entry);
      return 0;
    }
    const project = openProject(given.project);
    const snapshot = entry.snapshot === null ? undefined : currentSnapshot(project.paths.snapshots);
    printText(await runSummary(entry, project, snapshot));
  } finally {
    progress.close();
  }
  return 0;
}
