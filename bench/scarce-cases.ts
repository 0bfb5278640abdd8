import type { Random } from '../data/random.ts';
import { lineOfPlan } from '../models/restock/limits/line-of-plan.ts';
import { type Limit, type OrderLine, type Use, usedOf } from '../models/restock/limits/order-line.ts';
import { netRequirement } from '../models/restock/net-requirement.ts';
import { allowedQuantities, cheapestQuantity, expectedCost, runOff } from '../models/restock/order-quantity.ts';
import { demandScenarios } from '../models/restock/scenarios.ts';

export const SCARCE_KINDS = ['scarce supply', 'budget and minimums', 'two echelons'] as const;
export type ScarceKind = (typeof SCARCE_KINDS)[number];

export interface ScarceCase {
  lines: OrderLine[];
  limits: Limit[];
}

/** A product at a location with demand, stock, costs and packs drawn at random; its money is the use of limit 0 or more. */
function randomLine(random: Random, packSize: number, unitCost: number, uses: readonly Use[]): OrderLine {
  const rate = 0.2 + 6 * random.uniform() ** 3;
  const [lead, review] = [1 + random.below(10), 1 + random.below(7)];
  const spread = { dispersion: 1 + 2 * random.uniform(), levelVariance: 0.2 * random.uniform(), bias: 1 };
  const blocks = [rate * lead, rate * review];
  const window = {
    days: lead + review,
    leadDays: lead,
    blockMeans: blocks,
    arrivals: [0, 0],
    ownBlock: 1,
  };
  const onHand = Math.floor(random.uniform() * rate * (lead + review));
  const scenarios = demandScenarios(blocks, spread, true);
  const requirement = netRequirement(window, scenarios, onHand);
  const costs = {
    shortage: unitCost * (0.2 + random.uniform()),
    holding: (unitCost * (0.1 + 0.3 * random.uniform()) * review) / 365,
  };
  const mean = rate * (lead + review);
  const run = runOff(mean, rate * review, spread.dispersion, scenarios.levels, 0.95);
  const rule = { packSize, minOrderQuantity: random.uniform() < 0.2 ? packSize * (1 + random.below(3)) : 0 };
  const orderCost = random.uniform() < 0.5 ? 0 : unitCost * random.uniform();
  const costOf = (quantity: number): number => expectedCost(requirement, costs, run, quantity);
  const total = (quantity: number): number => costOf(quantity) + (quantity > 0 ? orderCost : 0);
  const wanted = cheapestQuantity(requirement, costOf);
  const preferred = allowedQuantities(wanted, rule).reduce((best, each) => (total(each) < total(best) ? each : best));
  return lineOfPlan({ costOf, rule, orderCost, preferred, most: Math.max(0, wanted) + 2 * mean, uses });
}

/** A small case that its limits bind, of 5 to 16 lines. */
export function scarceCase(kind: ScarceKind, random: Random): ScarceCase {
  if (kind === 'scarce supply') {
    const packSize = [1, 1, 2, 6, 12][random.below(5)]!;
    const lines = Array.from({ length: 5 + random.below(10) }, () =>
      randomLine(random, packSize, 10, [{ limit: 0, perUnit: 1 }]),
    );
    return { lines, limits: [tightened(lines, 1, random)[0]!] };
  }
  if (kind === 'budget and minimums') {
    const lines = Array.from({ length: 6 + random.below(10) }, () => {
      const unitCost = 2 + 40 * random.uniform() ** 2;
      const supplier = 1 + random.below(3);
      return randomLine(random, [1, 4, 10][random.below(3)]!, unitCost, [
        { limit: 0, perUnit: unitCost },
        { limit: supplier, perUnit: unitCost },
      ]);
    });
    const [budget, ...suppliers] = tightened(lines, 4, random);
    const minimums = suppliers.map(({ amount }) => ({
      kind: 'at_least_if_any' as const,
      amount: amount * (0.5 + 1.2 * random.uniform()),
    }));
    return { lines, limits: [budget!, ...minimums] };
  }
  const products = 2 + random.below(3);
  const lines = Array.from({ length: products * (3 + random.below(2)) }, (_, i) =>
    randomLine(random, [1, 2, 6][i % 3]!, 5 + 20 * random.uniform(), [
      { limit: i % products, perUnit: 1 },
      { limit: products, perUnit: 0.5 + random.uniform() },
    ]),
  );
  return { lines, limits: tightened(lines, products + 1, random) };
}

/** Limits of 30 to 90 % of what the lines would use without any. */
function tightened(lines: readonly OrderLine[], count: number, random: Random): Limit[] {
  const used = usedOf(
    lines,
    lines.map(({ preferred }) => preferred),
    count,
  );
  return Array.from(used, (amount) => ({ kind: 'at_most', amount: amount * (0.3 + 0.6 * random.uniform()) }));
}

/** Lines that a budget, 40 suppliers with containers and minimums, and stock of the warehouses hold together. */
export function chainCase(count: number, random: Random): ScarceCase {
  const suppliers = 40;
  const products = Math.ceil(count / 10);
  const lines = Array.from({ length: count }, (_, i) => {
    const product = i % products;
    const own = random.fork(product);
    const unitCost = 2 + 40 * own.uniform() ** 2;
    const supplier = 1 + (product % suppliers);
    const isScarce = product % 7 === 0;
    return randomLine(random, [1, 4, 10][product % 3]!, unitCost, [
      { limit: 0, perUnit: unitCost },
      { limit: supplier, perUnit: 0.001 + 0.02 * own.uniform() },
      { limit: suppliers + supplier, perUnit: unitCost },
      ...(isScarce ? [{ limit: 2 * suppliers + 1 + product / 7, perUnit: 1 }] : []),
    ]);
  });
  const limits = tightened(lines, 2 * suppliers + 1 + Math.ceil(products / 7), random);
  const free = usedOf(
    lines,
    lines.map(({ preferred }) => preferred),
    limits.length,
  );
  for (let l = 1; l <= suppliers; l++) {
    // a minimum that the container lets through, below or above what the budget leaves for the supplier
    const share = (limits[l]!.amount / free[l]!) * (0.1 + 0.8 * random.uniform());
    limits[suppliers + l] = { kind: 'at_least_if_any', amount: free[suppliers + l]! * share };
  }
  return { lines, limits };
}
