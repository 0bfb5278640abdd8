import { expect, it } from 'vitest';
import { outcomeLine } from '../../../app/cli/schedule.ts';

it('what became of a date of the schedule is told in one line, in the language of the config', () => {
  const done = { name: 'nightly', date: '2026-03-02', status: 'done', outcome: '5' } as const;
  const missed = { name: 'nightly', date: '2026-03-02', status: 'missed' } as const;
  expect(outcomeLine(done, 'en')).toBe('nightly 2026-03-02: done (5)');
  expect(outcomeLine(done, 'zh')).toBe('nightly 2026-03-02：完成（5）');
  expect(outcomeLine(missed, 'en')).toBe('nightly 2026-03-02: missed');
  expect(outcomeLine(missed, 'zh')).toBe('nightly 2026-03-02：已错过');
});
