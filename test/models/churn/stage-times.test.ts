import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dealReason } from '../../../models/churn/deal-reasons.ts';
import { kaplanMeier, stayQuantile, survivalAt } from '../../../models/churn/kaplan-meier.ts';
import { backtestStages } from '../../../models/churn/stage-backtest.ts';
import { dealPace, STILL_THERE, type StageStays, stageTimes } from '../../../models/churn/stage-times.ts';

// the 6-MP arm of Freireich et al. (1963)
const days = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35];
const ended = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0];

test('the curve of the 6-MP trial is that of lifelines 0.30: KaplanMeierFitter().fit(days, ended)', () => {
  const curve = kaplanMeier(days, ended);
  expect(Array.from(curve.days)).toEqual([6, 7, 10, 13, 16, 22, 23]);
  expect(curve.survival[0]).toBeCloseTo(0.857143, 6);
  expect(curve.survival[1]).toBeCloseTo(0.806723, 6);
  expect(curve.survival[6]).toBeCloseTo(0.448179, 6);
  expect(stayQuantile(curve, 0.5)).toBe(23);
  expect(stayQuantile(curve, 0.9)).toBeNaN();
  expect(survivalAt(curve, 5)).toBe(1);
  expect(survivalAt(curve, 1000)).toBeCloseTo(0.448179, 6);
});

test('without open stays the curve is the share that stayed longer', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1 }),
      fc.integer({ min: 0, max: 30 }),
      (stays, day) => {
        const curve = kaplanMeier(
          stays,
          stays.map(() => 1),
        );
        expect(survivalAt(curve, day)).toBeCloseTo(stays.filter((stay) => stay > day).length / stays.length, 10);
      },
    ),
  );
});

test('nobody gives an empty curve', () => {
  expect(kaplanMeier([], []).events).toBe(0);
  expect(survivalAt(kaplanMeier([], []), 5)).toBe(1);
});

function staysOf(rows: [entered: number, left: number, product: number][]): StageStays {
  return {
    deal: Int32Array.from(rows, (_, i) => i),
    stage: new Int32Array(rows.length),
    product: Int32Array.from(rows, (row) => row[2]),
    enteredOn: Int32Array.from(rows, (row) => row[0]),
    leftOn: Int32Array.from(rows, (row) => row[1]),
  };
}

test('a deal past the stay of four in five raises an alert, and says so in words', () => {
  const stays = staysOf(Array.from({ length: 100 }, (_, i) => [0, i + 1, -1]));
  const [time] = stageTimes(stays, 1, 1000, 0.8);
  expect(time!.usualDays).toBe(50);
  expect(dealPace(time, -1, 80).alert).toBe(false);
  const slow = dealPace(time, -1, 90);
  expect(slow).toMatchObject({ alert: true, expectedDays: 50, limitDays: 80 });
  expect(dealReason('Offer', slow, Number.NaN).en).toBe(
    '90 days in Offer; 50 days are usual and only 10 % of deals take longer.',
  );
});

test('a product that is slow by nature is measured by its own pace', () => {
  const stays = staysOf(Array.from({ length: 400 }, (_, i) => [0, i % 2 === 0 ? 10 : 40, i % 2]));
  const [time] = stageTimes(stays, 1, 1000, 0.8);
  expect(time!.paceOf.get(1)! / time!.paceOf.get(0)!).toBeGreaterThan(3);
  expect(dealPace(time, 0, 30).alert).toBe(true);
  expect(dealPace(time, 1, 30).alert).toBe(false);
});

test('what came after the as-of date is not known', () => {
  const stays = staysOf(Array.from({ length: 60 }, (_, i) => [i, i + 5, -1]));
  expect(stageTimes(stays, 1, 20, 0.8)[0]).toBeUndefined();
  const later = { ...stays, leftOn: stays.leftOn.map((day) => (day >= 40 ? STILL_THERE : day)) };
  expect(stageTimes(stays, 1, 40, 0.8)).toEqual(stageTimes(later, 1, 40, 0.8));
});

test('a stage with few finished stays gives no alert and says why', () => {
  const [time] = stageTimes(staysOf([[0, 5, -1]]), 1, 100, 0.8);
  const pace = dealPace(time, -1, 95);
  expect(pace.alert).toBe(false);
  expect(dealReason('Demo', pace, 30).en).toContain('too few deals');
});

test('the backtest counts each open deal once, by what became of it', () => {
  const rows: [number, number, number][] = Array.from({ length: 50 }, (_, i) => [i, i + 10, -1]);
  const stays = staysOf([...rows, [60, 130, -1], [95, 105, -1], [98, STILL_THERE, -1]]);
  const ends = {
    endedOn: stays.leftOn,
    isWon: Uint8Array.from(stays.deal, (_, i) => (i === 51 ? 1 : 0)),
  };
  expect(backtestStages(stays, 1, ends, [100], 90, 0.8)).toEqual([
    { cutoff: 100, alert: false, deals: 2, won: 1, lost: 0, open: 1 },
    { cutoff: 100, alert: true, deals: 1, won: 0, lost: 1, open: 0 },
  ]);
});
