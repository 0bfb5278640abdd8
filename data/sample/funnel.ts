import { partsOf, weekdayOf } from '../day.ts';
import type { Random } from '../random.ts';
import { binomial, poisson } from './distributions.ts';
import type { SamplePlan } from './options.ts';

export const FUNNEL_SEGMENTS = ['desktop', 'mobile'] as const;

/** Stages in order, with the share of the stage before that gets there. */
export const FUNNEL_STAGES = [
  { name: 'visit', share: 1 },
  { name: 'product_view', share: 0.58 },
  { name: 'basket', share: 0.22 },
  { name: 'checkout', share: 0.62 },
  { name: 'purchase', share: 0.78 },
  { name: 'repurchase', share: 0.36 },
] as const;

/** A true loss for the monitor to find. Days are counted back from the as-of date, `to` is the last one. */
export interface FunnelDrop {
  stage: (typeof FUNNEL_STAGES)[number]['name'];
  segment: (typeof FUNNEL_SEGMENTS)[number];
  from: number;
  to: number;
  fractionLost: number;
}

/** Stages after the one that drops lose as much. */
export const FUNNEL_DROPS: readonly FunnelDrop[] = [
  { stage: 'checkout', segment: 'mobile', from: 5, to: 1, fractionLost: 0.24 },
  { stage: 'visit', segment: 'desktop', from: 13, to: 11, fractionLost: 0.3 },
];

const VISITS_PER_DAY = { desktop: 30_000, mobile: 52_000 };
const WEEK = { desktop: [0.1, 0.12, 0.1, 0.08, 0.02, -0.22, -0.14], mobile: [-0.05, -0.06, -0.04, 0, 0.03, 0.1, 0.08] };
const GROWTH_PER_YEAR = 0.06;
const YEARLY_AMPLITUDE = 0.16;
const PEAK_DAY = 335;
/** Day-to-day spread of visits and of each rate, beyond chance. */
const DAILY_SD = 0.02;

/** People per stage on one day of the history. */
export function funnelDay(plan: SamplePlan, t: number, segment: FunnelDrop['segment'], random: Random): number[] {
  const day = plan.startDay + t;
  const angle = (2 * Math.PI * (partsOf(day).dayOfYear - PEAK_DAY)) / 365.25;
  const log =
    WEEK[segment][weekdayOf(day)]! +
    YEARLY_AMPLITUDE * Math.cos(angle) +
    (GROWTH_PER_YEAR * (t - plan.history)) / 365.25 +
    DAILY_SD * random.normal();
  let people = 0;
  return FUNNEL_STAGES.map(({ name, share }, i) => {
    const back = plan.history - t;
    const drop = FUNNEL_DROPS.find((d) => d.stage === name && d.segment === segment && back <= d.from && back >= d.to);
    const kept = 1 - (drop?.fractionLost ?? 0);
    if (i === 0) people = poisson(random, VISITS_PER_DAY[segment] * Math.exp(log) * kept);
    else people = binomial(random, people, Math.min(1, share * Math.exp((DAILY_SD / 2) * random.normal()) * kept));
    return people;
  });
}
