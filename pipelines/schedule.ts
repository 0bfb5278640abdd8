import { join } from 'node:path';
import { isoDateOf } from '../data/day.ts';
import { LeadtimeError } from '../errors.ts';
import type { JobName } from './job-names.ts';
import { dueDates, type ScheduleEntry, settledAtStart } from './schedule/due.ts';
import { Journal } from './schedule/journal.ts';

/** Does one scheduled run for the morning of `asOf`; gives what the journal keeps. */
export type ScheduledRun = (jobs: readonly JobName[], asOf: string) => Promise<string>;

export interface TickOutcome {
  name: string;
  date: string;
  status: 'done' | 'failed' | 'missed' | 'busy';
  outcome?: string;
}

/**
 * Settles what is due at `now`: exactly one finished run per entry and logical date, through clock changes, restarts and
 * downtime. The journal, not the timer, decides; a tick that comes twice or late does no harm.
 *
 * A run that another process's lock kept from starting stays due (`busy`). A run that failed is settled: the next date
 * tries again with newer data. A date begun by a process that died is run again.
 */
export async function tick(
  folder: string,
  schedule: readonly ScheduleEntry[],
  now: Date,
  run: ScheduledRun,
): Promise<TickOutcome[]> {
  const outcomes: TickOutcome[] = [];
  for (const entry of schedule) {
    const journal = new Journal(join(folder, 'schedule'), entry.name);
    let settled = journal.settledThrough();
    if (settled === undefined) {
      settled = settledAtStart(entry, now);
      journal.note(settled, 'start');
    }
    for (const { day, action } of dueDates(entry, settled, now)) {
      if (journal.isSettled(day)) continue;
      const date = isoDateOf(day);
      if (action === 'missed') {
        journal.note(day, 'missed');
        outcomes.push({ name: entry.name, date, status: 'missed' });
        continue;
      }
      journal.note(day, 'running');
      try {
        const outcome = await run(entry.jobs as JobName[], date);
        journal.note(day, 'done', outcome);
        outcomes.push({ name: entry.name, date, status: 'done', outcome });
      } catch (error) {
        const outcome = error instanceof LeadtimeError ? error.code : String(error);
        if (outcome === 'PROJECT_LOCKED') {
          outcomes.push({ name: entry.name, date, status: 'busy', outcome });
          break;
        }
        journal.note(day, 'failed', outcome);
        outcomes.push({ name: entry.name, date, status: 'failed', outcome });
      }
    }
  }
  return outcomes;
}
