import type { Random } from '../random.ts';
import { CATEGORIES } from './categories.ts';
import { between, pick, pickWeighted } from './distributions.ts';
import { DAYS_AFTER, type SamplePlan } from './options.ts';

/** Products are made in groups of so many of one category; substitutes are of one group. */
export const GROUP_SIZE = 4;

export const PACES = ['fast', 'slow', 'intermittent'] as const;

/** A product with its hidden truth. Days are indexes from the plan's first day. */
export interface Product {
  index: number;
  id: string;
  name: string;
  category: number;
  pace: (typeof PACES)[number];
  listCents: number;
  unitCostCents: number;
  packSize: number;
  minOrder: number;
  supplier: number;
  /** First day on sale; 0 or less: before the history. */
  launchDay: number;
  /** Day after the last one on sale; beyond the simulation: not ended. */
  endDay: number;
  shelfLifeDays?: number;
  /** Log of mean daily demand in an average store, at the first price. */
  logBase: number;
  /** Size of the negative binomial; small is noisy. */
  size: number;
  trendPerYear: number;
  seasonAmplitude: number;
  seasonPeakDay: number;
  /** Log effect of Monday to Sunday, per region. */
  weekday: readonly Float64Array[];
  elasticity: number;
  /** Log demand here per log price of a substitute, by product index. */
  cross: { product: number; elasticity: number }[];
  /** Own price list per region rather than one for all. */
  isPricedByRegion: boolean;
  /** A buying mistake before the as-of date left too much of it. */
  isOverstocked: boolean;
}

const WEEK = [
  [-0.12, -0.16, -0.1, -0.02, 0.14, 0.34, -0.08],
  [-0.1, -0.12, -0.1, -0.06, 0.06, 0.22, 0.26],
];

const LOG_BASE = { fast: Math.log(6), slow: Math.log(0.9), intermittent: Math.log(0.12) };
const LOG_BASE_SD = { fast: 0.6, slow: 0.4, intermittent: 0.5 };

function lifeOf(random: Random, plan: SamplePlan): { launchDay: number; endDay: number } {
  const fate = random.uniform();
  const never = plan.history + DAYS_AFTER + 1;
  if (fate < 0.12) return { launchDay: Math.floor(between(random, 0.1, 0.98) * plan.history), endDay: never };
  if (fate < 0.18) return { launchDay: 0, endDay: Math.floor(between(random, 0.5, 0.99) * plan.history) };
  return { launchDay: 0, endDay: never };
}

function crossOf(index: number, products: number, random: Random): Product['cross'] {
  const first = index - (index % GROUP_SIZE);
  const others = Array.from({ length: GROUP_SIZE }, (_, i) => first + i).filter((i) => i !== index && i < products);
  const count = Math.min(others.length, pickWeighted(random, [0.25, 0.5, 0.25]));
  return others.slice(0, count).map((product) => ({ product, elasticity: between(random, 0.15, 0.7) }));
}

/** `productIdOf(0)` is 'P0001'. */
export function productIdOf(index: number): string {
  return `P${String(index + 1).padStart(4, '0')}`;
}

/** Product `index`, the same whatever the number of products. */
export function makeProduct(index: number, plan: SamplePlan, random: Random): Product {
  const category = Math.floor(index / GROUP_SIZE) % CATEGORIES.length;
  const traits = CATEGORIES[category]!;
  const pace = PACES[pickWeighted(random, [0.68, 0.2, 0.12])]!;
  const listCents = Math.max(49, Math.round((traits.priceCents * Math.exp(0.35 * random.normal())) / 10) * 10 - 1);
  const packSize = pace === 'fast' ? pick(random, [6, 8, 10, 12, 24]) : pick(random, [1, 2, 4, 6]);
  const { nouns } = traits;
  const life = lifeOf(random, plan);
  const variant = Math.floor(index / (GROUP_SIZE * CATEGORIES.length)) + 1;
  return {
    index,
    id: productIdOf(index),
    name: `${nouns[index % nouns.length]} No. ${variant}`,
    category,
    pace,
    listCents,
    unitCostCents: Math.max(1, Math.round(listCents * between(random, 0.42, 0.68))),
    packSize,
    minOrder: packSize * pick(random, [1, 2, 4, 10]),
    supplier: category * 2 + random.below(2),
    ...life,
    shelfLifeDays: traits.shelfLifeDays && Math.round(traits.shelfLifeDays * between(random, 0.8, 1.3)),
    logBase: LOG_BASE[pace] + LOG_BASE_SD[pace] * random.normal(),
    size: pace === 'intermittent' ? between(random, 0.8, 2) : between(random, 5, 18),
    trendPerYear: 0.03 + 0.08 * random.normal(),
    seasonAmplitude: traits.amplitude * between(random, 0.6, 1.4),
    seasonPeakDay: traits.peakDay + 12 * random.normal(),
    weekday: WEEK.map((week) => Float64Array.from(week, (effect) => effect + 0.03 * random.normal())),
    elasticity: Math.min(-0.5, Math.max(-3.4, traits.elasticity + 0.4 * random.normal())),
    cross: crossOf(index, plan.products, random),
    isPricedByRegion: random.uniform() < 0.25,
    isOverstocked: random.uniform() < 0.13 && pace !== 'intermittent' && life.endDay > plan.history,
  };
}
