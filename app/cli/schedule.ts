import { join } from 'node:path';
import { createTask } from 'node-cron';
import { LeadtimeError } from '../../errors.ts';
import { parseJobNames } from '../../pipelines/jobs.ts';
import { takeLock } from '../../pipelines/lock.ts';
import { openProject, type Project } from '../../pipelines/project.ts';
import { runJobs } from '../../pipelines/run.ts';
import { type TickOutcome, tick } from '../../pipelines/schedule.ts';
import type { Language } from '../format.ts';
import { bracketed, labelled, phrase } from '../phrases.ts';
import type { Arguments } from './arguments.ts';
import { printJson, printText } from './output.ts';
import { terminalProgress } from './progress.ts';

/** `leadtime schedule`: settles what is due every minute until stopped; `--once` settles what is due now and ends. */
export async function schedule(given: Arguments): Promise<number> {
  const project = openProject(given.project);
  const entries = project.config.schedule;
  if (entries.length === 0) {
    throw new LeadtimeError(
      'SCHEDULE_EMPTY',
      'The config schedules nothing.',
      'Add to leadtime.config.json: "schedule": [{"name": "nightly", "at": "05:30", "timeZone": "Europe/Berlin"}].',
    );
  }
  for (const entry of entries) parseJobNames(entry.jobs);
  const release = takeLock(join(project.folder, '.schedule.lock'));
  const say = (outcomes: TickOutcome[]): void => {
    for (const outcome of outcomes) {
      if (given.json) printJson(outcome);
      else printText(outcomeLine(outcome, project.config.language));
    }
  };
  try {
    say(await tickNow(project, given));
    if (given.own.once) return 0;
    await untilStopped(async () => say(await tickNow(project, given)));
  } finally {
    release();
  }
  return 0;
}

/** What became of a date of the schedule. */
export function outcomeLine({ name, date, status, outcome }: TickOutcome, language: Language): string {
  const what = phrase(status, language);
  return labelled(`${name} ${date}`, outcome ? bracketed(what, outcome, language) : what, language);
}

function tickNow(project: Project, given: Arguments): Promise<TickOutcome[]> {
  const progress = terminalProgress(given.quiet || given.json);
  return tick(project.folder, project.config.schedule, new Date(), async (jobs, asOf) => {
    const entry = await runJobs({
      folder: project.folder,
      jobs: parseJobNames(jobs),
      asOf,
      seed: given.seed,
      now: () => new Date(),
      progress,
      renderReport: async (folder, manifest) => (await import('../report/report.ts')).renderReport(folder, manifest),
      secretOf: (name) => process.env[name],
    });
    progress.close();
    return String(entry.sequence);
  });
}

/** Calls `work` each minute, never two at once, until SIGINT or SIGTERM; work that has begun is finished. */
async function untilStopped(work: () => Promise<void>): Promise<void> {
  let working: Promise<void> = Promise.resolve();
  let isWorking = false;
  let broken: (error: unknown) => void = () => undefined;
  const failure = new Promise<never>((_, reject) => {
    broken = reject;
  });
  const minute = createTask(
    '* * * * *',
    () => {
      if (isWorking) return;
      isWorking = true;
      working = work()
        .catch((error: unknown) => broken(error))
        .finally(() => {
          isWorking = false;
        });
    },
    { timezone: 'UTC' },
  );
  const stopped = new Promise<void>((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
  await minute.start();
  try {
    await Promise.race([stopped, failure]);
  } finally {
    await minute.destroy();
    await working;
  }
}
