import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../data/random.ts';
import { FUNNEL_DROPS, FUNNEL_STAGES, funnelDay } from '../../../data/sample/funnel.ts';
import { makeOpportunity, openingDays, STAGES } from '../../../data/sample/opportunities.ts';
import { planOf } from '../../../data/sample/options.ts';

const plan = planOf({ folder: '' });
const random = createRandom('deals-test');
const deals = Array.from({ length: 3000 }, (_, i) => makeOpportunity(0, random.fork(i)));

describe('deals of the sample company', () => {
  it('go through six stages in order without a gap, and end won or lost', () => {
    expect(STAGES.length).toBe(6);
    for (const { visits } of deals) {
      visits.forEach(({ stage, enteredOn, leftOn, outcome, lastActivityOn }, i) => {
        expect(stage).toBe(STAGES[i]!.name);
        expect(leftOn).toBeGreaterThan(enteredOn);
        expect(lastActivityOn).toBeGreaterThanOrEqual(enteredOn);
        expect(lastActivityOn).toBeLessThanOrEqual(leftOn);
        expect(outcome === undefined).toBe(i < visits.length - 1);
        if (i > 0) expect(enteredOn).toBe(visits[i - 1]!.leftOn);
      });
    }
  });

  it('are won only from the last stage, in a usual share', () => {
    const won = deals.filter(({ visits }) => visits.at(-1)!.outcome === 'won');
    expect(won.every(({ visits }) => visits.length === 6)).toBe(true);
    expect(won.length / deals.length).toBeGreaterThan(0.25);
    expect(won.length / deals.length).toBeLessThan(0.5);
  });

  it('are lost when they stall, after far longer than usual and long silence', () => {
    const stalled = deals.filter(({ isStalled }) => isStalled);
    expect(stalled.length).toBeGreaterThan(150);
    for (const { visits } of stalled) {
      const end = visits.at(-1)!;
      expect(end.outcome).toBe('lost');
      expect((end.leftOn - end.lastActivityOn) / (end.leftOn - end.enteredOn)).toBeGreaterThan(0.7);
    }
  });

  it('open all over the history', () => {
    const openings = openingDays(plan, random.fork('openings'));
    expect(openings).toEqual(openings.toSorted((a, b) => a - b));
    expect(openings.length).toBeGreaterThan(plan.history);
    expect(Math.max(...openings)).toBeLessThan(plan.history);
  });
});

describe('the funnel', () => {
  const streams = { desktop: random.fork('desktop'), mobile: random.fork('mobile') };
  const days = (segment: 'desktop' | 'mobile') =>
    Array.from({ length: plan.history }, (_, t) => funnelDay(plan, t, segment, streams[segment]));
  const people = { desktop: days('desktop'), mobile: days('mobile') };

  it('narrows from stage to stage', () => {
    for (const day of people.mobile)
      day.forEach((count, stage) => {
        if (stage > 0) expect(count).toBeLessThanOrEqual(day[stage - 1]!);
      });
  });

  it.each(FUNNEL_DROPS)(
    'has a true drop of $fractionLost in $stage, $segment, against the same weekdays before',
    (drop) => {
      const stage = FUNNEL_STAGES.findIndex(({ name }) => name === drop.stage);
      for (let back = drop.from; back >= drop.to; back--) {
        const t = plan.history - back;
        const usual = [14, 21, 28].reduce((sum, ago) => sum + people[drop.segment][t - ago]![stage]! / 3, 0);
        expect(Math.abs(people[drop.segment][t]![stage]! / usual - (1 - drop.fractionLost))).toBeLessThan(0.09);
      }
    },
  );
});
