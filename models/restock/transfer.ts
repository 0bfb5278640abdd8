/** One product at one location, seen as a giver or a taker of stock. */
export interface TransferParty {
  /** Index of the row, kept in the result. */
  index: number;
  product: number;
  region: string;
  onHand: number;
  /** Position beyond what its window asks for; negative where it is short. */
  surplus: number;
  /** Units that a planned order would bring. */
  orderQuantity: number;
  /** Units expected to be missed before that order arrives, and the days until then. */
  missedBeforeOrder: number;
  leadDays: number;
  /** Units expected to be sold per day. */
  ratePerDay: number;
  shortagePerUnit: number;
  holdingPerUnitDay: number;
  orderCost: number;
}

export interface Transfer {
  from: number;
  to: number;
  quantity: number;
  /** Shortage avoided and holding saved, less the cost of moving. */
  value: number;
}

/** What moving goods between neighbours costs. */
export interface TransferTerms {
  costPerUnit: number;
  costPerTransfer: number;
  /** Days on the way. */
  days: number;
}

/** Longest time that surplus is counted as lying around. */
const LONGEST_SURPLUS_DAYS = 180;

/**
 * Moves stock from locations of a region that have too much to those that would otherwise order, where that is worth more
 * than it costs. The largest expected miss is served first, each time by the giver and the quantity that are worth most. Money
 * that is not known counts 0.
 *
 * @param termsOf what moving a product costs
 * O(n log n) per product and region.
 */
export function planTransfers(
  parties: readonly TransferParty[],
  termsOf: (product: number) => TransferTerms,
): Transfer[] {
  const groups = new Map<string, TransferParty[]>();
  for (const party of parties) {
    const key = `${party.product}/${party.region}`;
    const group = groups.get(key) ?? [];
    group.push(party);
    groups.set(key, group);
  }
  const transfers: Transfer[] = [];
  for (const group of groups.values()) {
    if (group.length < 2) continue;
    const terms = termsOf(group[0]!.product);
    const givers = group
      .filter((p) => p.surplus >= 1 && p.onHand >= 1)
      .map((party) => ({ party, left: Math.floor(Math.min(party.surplus, party.onHand)) }))
      .sort((a, b) => b.left - a.left || a.party.index - b.party.index);
    const takers = group
      .filter((p) => p.orderQuantity > 0 && p.surplus < 0)
      .sort((a, b) => b.missedBeforeOrder - a.missedBeforeOrder || a.surplus - b.surplus || a.index - b.index);
    for (const taker of takers) {
      let need = Math.ceil(-taker.surplus);
      // of what is missed before the order comes, the goods save what falls after they are there
      let missed = taker.missedBeforeOrder * Math.max(0, 1 - terms.days / Math.max(1, taker.leadDays));
      const unasked = new Set(givers);
      for (;;) {
        const best = bestTransfer([...unasked], taker, need, missed, terms);
        if (!best) break;
        unasked.delete(best.giver);
        transfers.push({ from: best.giver.party.index, to: taker.index, quantity: best.quantity, value: best.value });
        best.giver.left -= best.quantity;
        need -= best.quantity;
        missed = Math.max(0, missed - best.quantity);
      }
    }
  }
  return transfers;
}

interface Giver {
  party: TransferParty;
  left: number;
}

/** The giver and quantity that are worth most: all that is needed, or only what would be missed; undefined if none is. */
function bestTransfer(
  givers: readonly Giver[],
  taker: TransferParty,
  need: number,
  missed: number,
  terms: TransferTerms,
): { giver: Giver; quantity: number; value: number } | undefined {
  let best: { giver: Giver; quantity: number; value: number } | undefined;
  for (const giver of givers) {
    for (const wanted of [need, Math.min(need, Math.ceil(missed))]) {
      const quantity = Math.min(wanted, giver.left);
      if (quantity < 1) continue;
      const value = transferValue(giver.party, giver.left, taker, quantity, Math.min(missed, quantity), terms);
      if (value > (best?.value ?? 0)) best = { giver, quantity, value };
    }
  }
  return best;
}

function transferValue(
  giver: TransferParty,
  surplus: number,
  taker: TransferParty,
  quantity: number,
  missed: number,
  { costPerUnit, costPerTransfer }: TransferTerms,
): number {
  // the moved units are the last of the surplus to be sold where they lie now
  const days = giver.ratePerDay > 0 ? (surplus - quantity / 2) / giver.ratePerDay : LONGEST_SURPLUS_DAYS;
  const holding = quantity * (giver.holdingPerUnitDay || 0) * Math.min(days, LONGEST_SURPLUS_DAYS);
  const order = quantity >= taker.orderQuantity ? taker.orderCost || 0 : 0;
  return missed * (taker.shortagePerUnit || 0) + holding + order - quantity * (costPerUnit || 0) - costPerTransfer;
}
