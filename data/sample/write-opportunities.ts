import { isoDateOf } from '../day.ts';
import type { Random } from '../random.ts';
import type { Catalogue } from './customer-life.ts';
import { pick } from './distributions.ts';
import { makeOpportunity, openingDays } from './opportunities.ts';
import type { SamplePlan } from './options.ts';
import type { SampleTables } from './tables.ts';

/** One deal in four is with someone who is not a customer yet. */
const SHARE_UNNAMED = 0.25;

/** Deals as they stood on the as-of morning, and how each will end. */
export function writeOpportunities(
  plan: SamplePlan,
  catalogue: readonly Catalogue[],
  tables: SampleTables,
  random: Random,
): void {
  const date = (day: number): string => isoDateOf(plan.startDay + day);
  openingDays(plan, random.fork('openings')).forEach((startsOn, i) => {
    const own = random.fork(i);
    const id = `D${String(i + 1).padStart(5, '0')}`;
    const { owner, amountCents, isStalled, visits } = makeOpportunity(startsOn, own);
    const isNamed = plan.customers > 0 && own.uniform() >= SHARE_UNNAMED;
    const customer = isNamed ? `C${String(1 + own.below(plan.customers)).padStart(5, '0')}` : undefined;
    const product = pick(own, catalogue).id;
    for (const { stage, enteredOn, leftOn, outcome, lastActivityOn } of visits) {
      if (enteredOn >= plan.history) break;
      const isOver = leftOn < plan.history;
      const lastSign = Math.max(enteredOn, Math.min(lastActivityOn, plan.history - 1));
      tables.input.opportunities.row([
        id,
        stage,
        customer,
        owner,
        product,
        date(enteredOn),
        isOver ? date(leftOn) : undefined,
        (amountCents / 100).toFixed(2),
        isOver ? outcome : undefined,
        date(lastSign),
      ]);
    }
    const end = visits.at(-1)!;
    tables.truth.opportunities.row([id, isStalled, end.stage, end.outcome, date(end.leftOn)]);
  });
}
