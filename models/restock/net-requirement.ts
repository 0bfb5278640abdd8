import { type DemandScenarios, SCENARIOS } from './scenarios.ts';
import type { ProtectionWindow } from './window.ts';

/** What each scenario asks of an order placed now. */
export interface Requirement {
  /** Units that the order must bring so that nothing is missed after it arrives; negative where stock is left over. */
  net: Float64Array;
  /** Units of demand missed before the order can arrive: no order placed now can help. */
  missedBefore: Float64Array;
}

/**
 * Walks the stock through the window in every scenario. Demand that meets an empty shelf before the order arrives is lost,
 * not owed: it does not reduce what is delivered later, so that the order needs less than "target minus position".
 *
 * Example: 0 on hand, 4 due at the start of the second block, demand 5 and 6: 5 are missed and 2 are needed, where
 * backorders would ask for 7.
 * O(scenarios x blocks).
 */
export function netRequirement(window: ProtectionWindow, { demand }: DemandScenarios, onHand: number): Requirement {
  const net = new Float64Array(SCENARIOS);
  const missedBefore = new Float64Array(SCENARIOS);
  for (let k = 0; k < SCENARIOS; k++) {
    let stock = onHand;
    for (let block = 0; block < window.ownBlock; block++) {
      stock += window.arrivals[block]! - demand[block]![k]!;
      if (stock < 0) {
        missedBefore[k]! -= stock;
        stock = 0;
      }
    }
    let lowest = Infinity;
    for (let block = window.ownBlock; block < demand.length; block++) {
      stock += window.arrivals[block]! - demand[block]![k]!;
      lowest = Math.min(lowest, stock);
    }
    net[k] = -lowest;
  }
  return { net, missedBefore };
}

/** Share of scenarios in which demand is missed at some time in the window, with `quantity` ordered now. */
export function stockoutProbability({ net, missedBefore }: Requirement, quantity: number): number {
  let short = 0;
  for (let k = 0; k < net.length; k++) if (missedBefore[k]! > 0 || net[k]! > quantity) short++;
  return short / net.length;
}

/** Mean number of units missed after the order arrives, with `quantity` ordered now. */
export function expectedShortage({ net }: Requirement, quantity: number): number {
  let sum = 0;
  for (const need of net) if (need > quantity) sum += need - quantity;
  return sum / net.length;
}

/** Mean number of units left at the end of the window, with `quantity` ordered now. */
export function expectedLeftover({ net }: Requirement, quantity: number): number {
  let sum = 0;
  for (const need of net) if (need < quantity) sum += quantity - need;
  return sum / net.length;
}

/** Mean number of units missed before the order arrives, whatever is ordered. */
export function expectedMissedBefore({ missedBefore }: Requirement): number {
  return missedBefore.reduce((sum, value) => sum + value, 0) / missedBefore.length;
}

/** The least whole quantity, between the least and the most need, from which on `isEnough` holds. Asks O(log units) times. */
export function leastQuantity({ net }: Requirement, isEnough: (quantity: number) => boolean): number {
  let low = Math.floor(net.reduce((least, need) => Math.min(least, need), Infinity));
  let high = Math.ceil(net.reduce((most, need) => Math.max(most, need), -Infinity));
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (isEnough(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
