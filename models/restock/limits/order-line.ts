/** How much of a limit each unit of a line takes. */
export interface Use {
  /** Index of the limit. */
  limit: number;
  /** Money, litres, kilograms, pallets or units of stock per unit ordered; positive. */
  perUnit: number;
}

/** One product at one location as a choice among quantities. */
export interface OrderLine {
  /** Units that may be ordered, ascending from 0 for nothing. */
  quantities: Float64Array;
  /** Expected cost of each: shortage and holding until the next chance, and what the order itself costs. */
  costs: Float64Array;
  /** Index of the quantity that is best without any limit. */
  preferred: number;
  uses: readonly Use[];
}

/**
 * What all lines together must keep to. `at_most`: their use is not above the amount (budget, container, stock of a
 * warehouse). `at_least_if_any`: it is nothing, or not below the amount (minimum order value of a supplier).
 */
export interface Limit {
  kind: 'at_most' | 'at_least_if_any';
  amount: number;
}

/** Uses within this share of the amount count as equal: sums of money in floating point. */
const SLACK = 1e-9;

/** Use of each limit under a choice of quantities, [limit]. O(lines). */
export function usedOf(lines: readonly OrderLine[], choice: ArrayLike<number>, limitCount: number): Float64Array {
  const used = new Float64Array(limitCount);
  lines.forEach(({ quantities, uses }, i) => {
    const quantity = quantities[choice[i]!]!;
    if (quantity > 0) for (const { limit, perUnit } of uses) used[limit]! += perUnit * quantity;
  });
  return used;
}

/** Whether the use keeps to the limit. */
export function keeps({ kind, amount }: Limit, used: number): boolean {
  const slack = SLACK * Math.max(1, Math.abs(amount));
  return kind === 'at_most' ? used <= amount + slack : used <= slack || used >= amount - slack;
}

/** Expected cost of a choice. */
export function costOf(lines: readonly OrderLine[], choice: ArrayLike<number>): number {
  return lines.reduce((sum, { costs }, i) => sum + costs[choice[i]!]!, 0);
}
