import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dayOf, isoDateOf } from '../../../data/day.ts';
import { LeadtimeError } from '../../../errors.ts';
import type { ScheduleEntry } from '../../../pipelines/schedule/due.ts';
import { instantOf } from '../../../pipelines/schedule/local-time.ts';
import { tick } from '../../../pipelines/schedule.ts';

const entryAt = (at: string, timeZone: string, more: Partial<ScheduleEntry> = {}): ScheduleEntry => ({
  name: 'nightly',
  jobs: [],
  at,
  timeZone,
  weekdays: [],
  catchUp: 'latest',
  ...more,
});

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'leadtime-schedule-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Ticks every `step` minutes and gives the dates run. */
async function play(
  entry: ScheduleEntry,
  from: string,
  to: string,
  step = 1,
  isUp = (_minute: number) => true,
): Promise<string[]> {
  const ran: string[] = [];
  const start = Date.parse(from);
  for (let at = start; at < Date.parse(to); at += step * 60_000) {
    if (!isUp((at - start) / 60_000)) continue;
    await tick(folder, [entry], new Date(at), async (_jobs, asOf) => {
      ran.push(asOf);
      return '1';
    });
  }
  return ran;
}

const datesBetween = (from: string, to: string): string[] =>
  Array.from({ length: dayOf(to) - dayOf(from) + 1 }, (_, i) => isoDateOf(dayOf(from) + i));

describe('the local time of a schedule', () => {
  it.each([
    ['2026-03-28', 150, 'Europe/Berlin', '2026-03-28T01:30:00.000Z'],
    ['2026-03-29', 150, 'Europe/Berlin', '2026-03-29T01:00:00.000Z'],
    ['2026-10-25', 150, 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
    ['2026-03-08', 150, 'America/New_York', '2026-03-08T07:00:00.000Z'],
    ['2026-11-01', 90, 'America/New_York', '2026-11-01T05:30:00.000Z'],
    ['2026-04-05', 105, 'Australia/Lord_Howe', '2026-04-04T14:45:00.000Z'],
    ['2026-06-01', 0, 'Asia/Kathmandu', '2026-05-31T18:15:00.000Z'],
    ['2026-06-01', 0, 'Pacific/Kiritimati', '2026-05-31T10:00:00.000Z'],
    ['2026-06-01', 1439, 'Pacific/Pago_Pago', '2026-06-02T10:59:00.000Z'],
  ])('on %s at minute %i in %s is %s', (date, minutes, timeZone, instant) => {
    expect(instantOf(dayOf(date), minutes, timeZone).toISOString()).toBe(instant);
  });
});

describe('the schedule', () => {
  it('runs once a date while clocks are put forward over the time', async () => {
    const ran = await play(entryAt('02:30', 'Europe/Berlin'), '2026-03-27T00:00:00Z', '2026-03-31T00:00:00Z');
    expect(ran).toEqual(datesBetween('2026-03-27', '2026-03-30'));
  });

  it('runs once a date while clocks are put back and show the time twice', async () => {
    const ran = await play(entryAt('02:30', 'Europe/Berlin'), '2026-10-24T00:00:00Z', '2026-10-27T00:00:00Z');
    expect(ran).toEqual(datesBetween('2026-10-24', '2026-10-26'));
  });

  it('does not run for times before it was first started', async () => {
    const ran = await play(entryAt('06:00', 'UTC'), '2026-05-01T09:00:00Z', '2026-05-02T07:00:00Z', 10);
    expect(ran).toEqual(['2026-05-02']);
  });

  it('keeps to its weekdays', async () => {
    const ran = await play(
      entryAt('06:00', 'UTC', { weekdays: [1, 5] }),
      '2026-05-01T00:00:00Z',
      '2026-05-12T00:00:00Z',
      30,
    );
    expect(ran).toEqual(['2026-05-01', '2026-05-04', '2026-05-08', '2026-05-11']);
  });

  it.each([
    ['latest', ['2026-05-01', '2026-05-05', '2026-05-06']],
    ['all', datesBetween('2026-05-01', '2026-05-06')],
    ['none', ['2026-05-01', '2026-05-06']],
  ] as const)('after downtime catches up by the policy %s', async (catchUp, expected) => {
    const isUp = (minute: number): boolean => minute < 24 * 60 || minute > (4 * 24 + 10) * 60;
    const entry = entryAt('06:00', 'UTC', { catchUp });
    expect(await play(entry, '2026-05-01T00:00:00Z', '2026-05-07T00:00:00Z', 30, isUp)).toEqual(expected);
  });

  it('runs a date again that was begun by a process which died, and only that one', async () => {
    const entry = entryAt('06:00', 'UTC');
    await tick(folder, [entry], new Date('2026-05-01T05:00:00Z'), async () => '1');
    const died = new Promise<string>(() => undefined);
    void tick(folder, [entry], new Date('2026-05-01T06:00:00Z'), () => died);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await play(entry, '2026-05-01T06:05:00Z', '2026-05-01T08:00:00Z', 5)).toEqual(['2026-05-01']);
  });

  it('tries again at the next tick while another process holds the project', async () => {
    const entry = entryAt('06:00', 'UTC');
    await tick(folder, [entry], new Date('2026-05-01T05:00:00Z'), async () => '1');
    const locked = new LeadtimeError('PROJECT_LOCKED', 'Another process is working on this project.', 'Wait.');
    const busy = await tick(folder, [entry], new Date('2026-05-01T06:00:00Z'), () => Promise.reject(locked));
    expect(busy).toMatchObject([{ status: 'busy', date: '2026-05-01' }]);
    expect(await play(entry, '2026-05-01T06:01:00Z', '2026-05-01T06:05:00Z')).toEqual(['2026-05-01']);
  });

  it('settles a date whose run failed, with the reason, and goes on with the next', async () => {
    const entry = entryAt('06:00', 'UTC');
    await tick(folder, [entry], new Date('2026-05-01T05:00:00Z'), async () => '1');
    const failed = new LeadtimeError('FILE_REFUSED', 'sales.csv was refused.', 'Correct it.');
    expect(await tick(folder, [entry], new Date('2026-05-01T06:00:00Z'), () => Promise.reject(failed))).toEqual([
      { name: 'nightly', date: '2026-05-01', status: 'failed', outcome: 'FILE_REFUSED' },
    ]);
    expect(await play(entry, '2026-05-01T06:01:00Z', '2026-05-02T07:00:00Z', 30)).toEqual(['2026-05-02']);
  });

  it('runs each date exactly once with catch-up of all, whatever the downtime', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 9 * 1440 }), fc.integer({ min: 30, max: 3000 })), { maxLength: 5 }),
        fc.constantFrom('Europe/Berlin', 'America/New_York', 'UTC', 'Australia/Lord_Howe'),
        async (outages, timeZone) => {
          rmSync(folder, { recursive: true, force: true });
          const entry = entryAt('02:30', timeZone, { catchUp: 'all' });
          const isUp = (minute: number): boolean =>
            minute < 40 ||
            minute > 10 * 1440 ||
            !outages.some(([from, length]) => minute >= from && minute < from + length);
          const ran = await play(entry, '2026-03-24T20:00:00Z', '2026-04-06T00:00:00Z', 37, isUp);
          expect(new Set(ran).size).toBe(ran.length);
          expect(ran.slice(0, 10)).toEqual(datesBetween(ran[0]!, isoDateOf(dayOf(ran[0]!) + 9)));
        },
      ),
      { numRuns: 8 },
    );
  }, 60_000);
});
