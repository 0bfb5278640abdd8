import { describe, expect, it } from 'vitest';
import { dayOf } from '../../../data/day.ts';
import { replayRange } from '../../../pipelines/replay/replay-range.ts';

const START = dayOf('2024-01-01');
const daily = { startDay: START, periods: 400, periodDays: 1 };

describe('the days of a replay', () => {
  it('are cut into stretches of four weeks back from the end, after eight weeks that do not count', () => {
    const range = replayRange(daily, START + 300, START + 399);
    expect(range).toMatchObject({ base: 244, warmUp: 56, days: 156, from: START + 300, end: START + 400 });
    expect(range.stretches).toEqual([56, 72, 100, 128]);
  });

  it('are forecast every week, and every second one before them for what errors tell', () => {
    const { origins, base } = replayRange(daily, START + 300, START + 399);
    const before = origins.filter((origin) => origin <= base);
    expect(before.slice(1).every((origin, i) => origin - before[i]! === 14)).toBe(true);
    expect(origins.filter((origin) => origin >= base).every((origin, i) => origin === base + 7 * i)).toBe(true);
    expect([origins[0]! >= 56, origins.at(-1)! < 400]).toEqual([true, true]);
  });

  it('are weeks in weekly data', () => {
    const range = replayRange({ startDay: START, periods: 100, periodDays: 7 }, START + 7 * 60, START + 7 * 100 - 1);
    expect(range).toMatchObject({ base: 52, warmUp: 8, days: 48 });
    expect(range.stretches).toHaveLength(10);
    expect(range.origins.filter((origin) => origin >= 52)).toHaveLength(48);
  });

  it('must lie in the history, with enough of it before them', () => {
    for (const [from, to] of [
      [START + 100, START + 399],
      [START + 500, START + 600],
      [START + 350, START + 300],
    ] as const)
      expect(() => replayRange(daily, from, to)).toThrow(/Nothing can be replayed from/);
  });
});
