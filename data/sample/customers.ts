import type { Random } from '../random.ts';
import { beta, between, gamma, pick, pickWeighted } from './distributions.ts';
import type { SamplePlan } from './options.ts';
import { REGIONS } from './places.ts';

/** One purchase of a customer. */
export interface Purchase {
  /** Index from the plan's first day. */
  day: number;
  /** From 0 (content) to 1 (leaves after this purchase): how far the customer has turned away. */
  unhappiness: number;
}

/** A customer with the hidden truth of the buying process. Days are indexes from the plan's first day. */
export interface Customer {
  index: number;
  id: string;
  name: string;
  segment: (typeof SEGMENTS)[number];
  owner: string;
  region: number;
  industry: string;
  employees: number;
  since: number;
  contractEndsOn: number;
  /** Purchases per day while alive. */
  rate: number;
  /** Chance of leaving after each repeat purchase. */
  dropout: number;
  /** Usual days of paying after the due day. */
  lateness: number;
  /** Contacts per day while content. */
  contactRate: number;
  /** Lines per order. */
  basket: number;
  /** Size of a line against an average customer. */
  volume: number;
  /** Purchases up to the end of the simulation, the first at `since`. */
  purchases: Purchase[];
  /** Day after which the customer never buys again; undefined: not within the simulation. */
  leftOn?: number;
}

export const SEGMENTS = ['restaurant', 'retailer', 'office', 'hotel'] as const;
export const OWNERS = ['Anna Weber', 'Li Wei', 'Jonas Roth', 'Camille Petit', 'Zhang Min', 'Eva Lang'] as const;
const INDUSTRIES = ['food service', 'retail', 'services', 'hospitality'] as const;
const FIRST = ['Golden', 'Nord', 'River', 'Blue', 'Old Town', 'Lotus', 'Harbour', 'Linden', 'Jade', 'Corner'];
const SECOND = ['House', 'Market', 'Garden', 'Trading', 'Kitchen', 'Supplies', 'Hotel', 'Partners', 'Studio', 'Café'];

/**
 * The BG/NBD population of Fader, Hardie and Lee (2005): purchase rates are gamma (shape r, scale 1 / alpha days),
 * drop-out chances beta (a, b), a customer may leave after each repeat purchase.
 */
export const POPULATION = { r: 1.4, alpha: 38, a: 0.9, b: 9 } as const;

/** Customers begin to turn away so many purchases before the last one. */
const PURCHASES_OF_TURNING = 3;
/** Three customers in four were won in the first four fifths of the history, the rest evenly after. */
const EARLY = { share: 0.75, history: 0.8 };

function buy(customer: Pick<Customer, 'since' | 'rate' | 'dropout'>, plan: SamplePlan, random: Random) {
  const days: number[] = [customer.since];
  let leftOn: number | undefined;
  for (let at = customer.since; ; ) {
    at += -Math.log(1 - random.uniform()) / customer.rate;
    // Purchases of the far future still matter: who leaves soon after the end has already begun to turn away.
    if (at >= plan.days * 3) break;
    days.push(Math.floor(at));
    if (random.uniform() < customer.dropout) {
      leftOn = Math.floor(at);
      break;
    }
  }
  const distinct = days.filter((day, i) => i === 0 || day !== days[i - 1]);
  const purchases = distinct.map((day, i) => {
    const left = distinct.length - 1 - i;
    const unhappiness = leftOn === undefined ? 0 : Math.max(0, 1 - left / PURCHASES_OF_TURNING);
    return { day, unhappiness };
  });
  return {
    purchases: purchases.filter(({ day }) => day < plan.days),
    leftOn: leftOn !== undefined && leftOn < plan.days ? leftOn : undefined,
  };
}

/** Customer `index`, the same whatever the number of customers. */
export function makeCustomer(index: number, plan: SamplePlan, random: Random): Customer {
  const kind = pickWeighted(random, [0.35, 0.3, 0.25, 0.1]);
  const isEarly = random.uniform() < EARLY.share;
  const edge = plan.history * EARLY.history;
  const since = Math.floor(isEarly ? between(random, 0, edge) : between(random, edge, plan.history - 1));
  const traits = {
    since,
    rate: gamma(random, POPULATION.r, 1 / POPULATION.alpha),
    dropout: beta(random, POPULATION.a, POPULATION.b),
  };
  const elapsedYears = Math.ceil((plan.history - since) / 365);
  return {
    index,
    id: `C${String(index + 1).padStart(5, '0')}`,
    name: `${pick(random, FIRST)} ${pick(random, SECOND)} ${index + 1}`,
    segment: SEGMENTS[kind]!,
    industry: INDUSTRIES[kind]!,
    owner: pick(random, OWNERS),
    region: random.below(REGIONS.length),
    employees: Math.max(1, Math.round(Math.exp(2.5 + random.normal()))),
    contractEndsOn: since + 365 * Math.max(1, elapsedYears),
    lateness: between(random, -6, 8),
    contactRate: 1 / between(random, 18, 60),
    basket: between(random, 1.2, 4.5),
    volume: Math.exp(0.8 * random.normal()),
    ...traits,
    ...buy(traits, plan, random.fork('purchases')),
  };
}
