import { brokenComponents, type Component } from './components.ts';
import { lowerHull } from './lower-hull.ts';
import { costOf, type Limit, type OrderLine } from './order-line.ts';
import { type Priced, type PricedProblem, priceLimits } from './price-limits.ts';
import { Choice, repair } from './repair.ts';

/** Solves a component to the end: the index of each line's quantity, or undefined where that did not succeed. */
export type ExactSolver = (lines: readonly OrderLine[], limits: readonly Limit[]) => Int32Array | undefined;

export interface Allocation {
  /** Index of the chosen quantity, [line]. */
  choice: Int32Array;
  /** What one more unit of each limit would save, as money per unit of the limit; 0 where it does not bind, [limit]. */
  prices: Float64Array;
  /** Expected cost of the lines whose limits were broken, and below which no choice can come. */
  cost: number;
  bound: number;
  /** Parts of the problem that were changed, and how many of them were solved by the exact solver. */
  components: number;
  exact: number;
}

/** Minimums up to which every way to switch them on and off is tried, and up to which one at a time is switched. */
const MAX_ALL_WAYS = 4;
const MAX_SWITCHED = 12;
/** Quantities in all up to which a component goes to the exact solver. */
const MAX_EXACT = 1200;
/** Components that go to it at most: each takes some tens of milliseconds. */
const MAX_ASKED = 200;
/** A gap to the bound below this share of what ordering saves is not worth closing. */
const SMALL_GAP = 0.001;

/**
 * Chooses quantities of all lines together so that every limit is kept and the expected cost is as low as can be found.
 * Lines whose limits hold without it keep what they prefer.
 *
 * Each part of the problem is priced (Lagrangian relaxation), which also gives a bound, then repaired by marginal values.
 * Where the bound leaves a gap and the part is small, it goes to the exact solver. The same input gives the same result;
 * of equal lines the earlier is served first, so the caller's order decides ties.
 *
 * Example: a budget of 30 and two lines of packs at 10 whose packs save 9, 4, 1 and 8, 5, 2 give 2 packs to the second.
 * O(uses x log quantities) per round of pricing; for 30,490 lines under one budget some seconds.
 */
export function allocateOrders(
  lines: readonly OrderLine[],
  limits: readonly Limit[],
  solveExactly?: ExactSolver,
): Allocation {
  const allocation: Allocation = {
    choice: Int32Array.from(lines, ({ preferred }) => preferred),
    prices: new Float64Array(limits.length),
    cost: 0,
    bound: 0,
    components: 0,
    exact: 0,
  };
  const parts = brokenComponents(lines, limits).map((component) => {
    const problem = partOf(component, lines, limits);
    return { component, problem, found: solveByPrices(problem) };
  });
  const gapOf = ({ found }: (typeof parts)[number]): number => found.cost - found.bound;
  const open = parts.filter((part) => {
    const nothing = part.problem.lines.reduce((sum, { costs }) => sum + costs[0]!, 0);
    const size = part.problem.lines.reduce((sum, { costs }) => sum + costs.length, 0);
    return size <= MAX_EXACT && gapOf(part) > SMALL_GAP * Math.max(nothing - part.found.bound, 1e-9);
  });
  // the widest gaps first; the sort is stable, so equal ones keep their order
  for (const { problem, found } of solveExactly ? open.sort((a, b) => gapOf(b) - gapOf(a)).slice(0, MAX_ASKED) : []) {
    const better = solveExactly!(problem.lines, problem.limits);
    // the exact solver works to a tolerance: what it returns is checked as anything else
    if (better && isBetter(problem, better, found.cost)) {
      found.choice = better;
      found.cost = costOf(problem.lines, better);
    }
    if (better) allocation.exact++;
  }
  for (const { component, found } of parts) {
    component.lines.forEach((line, i) => {
      allocation.choice[line] = found.choice[i]!;
    });
    component.limits.forEach((limit, i) => {
      allocation.prices[limit] = found.prices[i]!;
    });
    allocation.components++;
    allocation.cost += found.cost;
    allocation.bound += Math.min(found.bound, found.cost);
  }
  return allocation;
}

function isBetter({ lines, limits }: PricedProblem, at: Int32Array, cost: number): boolean {
  const choice = new Choice(
    lines,
    limits,
    limits.map(() => true),
    at,
  );
  return choice.keepsAll() && costOf(lines, at) < cost - 1e-6 * Math.max(1, Math.abs(cost));
}

function partOf(component: Component, lines: readonly OrderLine[], limits: readonly Limit[]): PricedProblem {
  const index = new Map(component.limits.map((limit, i) => [limit, i]));
  const own = component.lines.map((line) => ({
    ...lines[line]!,
    uses: lines[line]!.uses.map((use) => ({ ...use, limit: index.get(use.limit)! })),
  }));
  const members: PricedProblem['members'][number][] = component.limits.map(() => []);
  own.forEach(({ uses }, line) => {
    for (const { limit, perUnit } of uses) members[limit]!.push({ line, perUnit });
  });
  return {
    lines: own,
    limits: component.limits.map((limit) => limits[limit]!),
    hulls: own.map(({ quantities, costs }) => lowerHull(quantities, costs)),
    members,
  };
}

interface Found {
  choice: Int32Array;
  cost: number;
  prices: Float64Array;
  bound: number;
}

function solveByPrices(part: PricedProblem): Found {
  const free = priceLimits(part);
  let best = repaired(part, free);
  const groups = part.limits.flatMap(({ kind }, l) => (kind === 'at_least_if_any' ? [l] : []));
  const tries =
    groups.length <= MAX_ALL_WAYS ? 2 ** groups.length - 1 : groups.length <= MAX_SWITCHED ? groups.length : 0;
  for (let n = 0; n < tries; n++) {
    const isSwitched = (g: number): boolean => (groups.length <= MAX_ALL_WAYS ? ((n + 1) >> g) % 2 === 1 : g === n);
    const from: readonly boolean[] = groups.length <= MAX_ALL_WAYS ? free.isOn : best.isOn;
    const isOn = part.limits.map((_, l) => from[l]! !== (groups.includes(l) && isSwitched(groups.indexOf(l))));
    const other = repaired(part, priceLimits(part, isOn));
    if (other.cost < best.cost - 1e-9) best = other;
  }
  return { choice: best.choice, cost: best.cost, prices: free.prices, bound: free.bound };
}

function repaired(
  { lines, limits }: PricedProblem,
  { choice: start, isOn }: Priced,
): { choice: Int32Array; cost: number; isOn: readonly boolean[] } {
  const choice = new Choice(lines, limits, isOn, start);
  repair(choice);
  return { choice: choice.at, cost: costOf(lines, choice.at), isOn: choice.isOn };
}
