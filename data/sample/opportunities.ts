import type { Random } from '../random.ts';
import { OWNERS } from './customers.ts';
import { between, poisson } from './distributions.ts';
import type { SamplePlan } from './options.ts';

/** The stages of a sale in order, with the median days in each and the chance to be lost there. */
export const STAGES = [
  { name: 'lead', medianDays: 6, loss: 0.22 },
  { name: 'qualified', medianDays: 9, loss: 0.16 },
  { name: 'meeting', medianDays: 11, loss: 0.12 },
  { name: 'proposal', medianDays: 14, loss: 0.14 },
  { name: 'negotiation', medianDays: 17, loss: 0.12 },
  { name: 'contract', medianDays: 8, loss: 0.06 },
] as const;

export interface StageVisit {
  stage: string;
  /** Indexes from the plan's first day. */
  enteredOn: number;
  leftOn: number;
  outcome?: 'won' | 'lost';
  /** Last sign of life in this stage, if it is over; see `lastSign` for one still open. */
  lastActivityOn: number;
}

export interface Opportunity {
  owner: string;
  amountCents: number;
  /** Has lost its momentum: it stays four to eight times as long in its last stage and is then lost. */
  isStalled: boolean;
  visits: StageVisit[];
}

/** Spread of the log of days in a stage. */
const SPREAD = 0.45;
const SHARE_STALLED = 0.09;
const DAYS_BETWEEN_ACTIVITIES = 4;

function daysIn(medianDays: number, owner: number, amountCents: number, random: Random): number {
  const pace = 0.85 + 0.06 * owner;
  const weight = (amountCents / 1_000_000) ** 0.12;
  return Math.max(1, Math.round(medianDays * pace * weight * Math.exp(SPREAD * random.normal())));
}

/** One deal that begins on a day and runs to its end, which may lie far ahead. */
export function makeOpportunity(startsOn: number, random: Random): Opportunity {
  const owner = random.below(OWNERS.length);
  const amountCents = Math.round(1_000_000 * Math.exp(0.9 * random.normal()));
  const isStalled = random.uniform() < SHARE_STALLED;
  const stallsAt = isStalled ? 1 + random.below(STAGES.length - 1) : -1;
  const visits: StageVisit[] = [];
  let enteredOn = startsOn;
  for (const [i, { name, medianDays, loss }] of STAGES.entries()) {
    const usual = daysIn(medianDays, owner, amountCents, random);
    const isLost = i === stallsAt || (!isStalled && random.uniform() < loss);
    const days = i === stallsAt ? Math.round(usual * between(random, 4, 8)) : usual;
    const isLast = isLost || i === STAGES.length - 1;
    const leftOn = enteredOn + days;
    const quiet = i === stallsAt ? days - Math.min(days, usual) : Math.min(days, random.below(DAYS_BETWEEN_ACTIVITIES));
    visits.push({
      stage: name,
      enteredOn,
      leftOn,
      outcome: isLast ? (isLost ? 'lost' : 'won') : undefined,
      lastActivityOn: leftOn - quiet,
    });
    if (isLast) break;
    enteredOn = leftOn;
  }
  return { owner: OWNERS[owner]!, amountCents, isStalled, visits };
}

/** Days on which deals begin, in order; more of them the more customers there are. */
export function openingDays(plan: SamplePlan, random: Random): number[] {
  const perDay = Math.max(0.3, plan.customers / 1200);
  return Array.from({ length: plan.history }, (_, t) => Array<number>(poisson(random, perDay)).fill(t)).flat();
}
