import type { Config } from '../../data/contract/config.ts';
import { type EpochDay, weekdayOf } from '../../data/day.ts';
import { instantOf, localTime } from './local-time.ts';

export type ScheduleEntry = Config['schedule'][number];

/** What is to be done about one logical date. */
export interface DueDate {
  day: EpochDay;
  /** `run` it, or note that it was `missed` because the catch-up policy leaves it out. */
  action: 'run' | 'missed';
}

/** A date is late, not missed, for so long after its time; after that the catch-up policy decides. */
const GRACE_MINUTES = 60;

const minutesOf = (at: string): number => Number(at.slice(0, 2)) * 60 + Number(at.slice(3));

/**
 * The logical dates of one entry whose time has come and that are not settled, oldest first.
 *
 * @param settledThrough newest date that is settled: run, or noted as missed. All before it are settled too
 * @param now the moment of the tick
 */
export function dueDates(entry: ScheduleEntry, settledThrough: EpochDay, now: Date): DueDate[] {
  const today = localTime(now, entry.timeZone).day;
  const days: EpochDay[] = [];
  for (let day = settledThrough + 1; day <= today; day++) {
    if (entry.weekdays.length > 0 && !entry.weekdays.includes(weekdayOf(day) + 1)) continue;
    if (instantOf(day, minutesOf(entry.at), entry.timeZone) <= now) days.push(day);
  }
  return days.map((day, i) => ({ day, action: actionFor(entry, day, i === days.length - 1, now) }));
}

function actionFor(entry: ScheduleEntry, day: EpochDay, isNewest: boolean, now: Date): DueDate['action'] {
  if (entry.catchUp === 'all') return 'run';
  if (entry.catchUp === 'latest') return isNewest ? 'run' : 'missed';
  const late = now.getTime() - instantOf(day, minutesOf(entry.at), entry.timeZone).getTime();
  return isNewest && late <= GRACE_MINUTES * 60_000 ? 'run' : 'missed';
}

/** The newest date that is over before the schedule is first started: nothing earlier is ever due. */
export function settledAtStart(entry: ScheduleEntry, now: Date): EpochDay {
  const today = localTime(now, entry.timeZone).day;
  return instantOf(today, minutesOf(entry.at), entry.timeZone) < now ? today : today - 1;
}
