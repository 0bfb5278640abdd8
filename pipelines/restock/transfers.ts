import type { RestockConfig } from '../../data/contract/config/restock.ts';
import { roundUp } from '../../models/restock/order-quantity.ts';
import { units } from '../../models/restock/reason.ts';
import { revisedPlan } from '../../models/restock/revised-plan.ts';
import { planTransfers, type Transfer, type TransferParty } from '../../models/restock/transfer.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { PlannedPair } from './plan-pairs.ts';

const OUT = {
  from_pair_idx: 'i32',
  to_pair_idx: 'i32',
  quantity: 'f64',
  value: 'f64',
  order_quantity_after: 'f64',
  reason: 'text',
  reason_zh: 'text',
} as const;

/** Finds what is better moved between stores of a region than ordered, and takes it off the orders of those who get it. */
export function moveStock(planned: readonly PlannedPair[], config: RestockConfig): Transfer[] {
  if (!config.transfers) return [];
  const products = new Map<string, number>();
  const cost = new Map<number, number>();
  const parties = planned
    .filter(({ pair, code }) => !pair.isWarehouse && code !== 'STOCK_UNKNOWN' && code !== 'NO_FORECAST')
    .map(({ pair, plan }): TransferParty => {
      if (!products.has(pair.product)) products.set(pair.product, products.size);
      cost.set(products.get(pair.product)!, pair.unitCost);
      return {
        index: pair.index,
        product: products.get(pair.product)!,
        region: pair.region,
        onHand: Math.max(0, pair.counted),
        surplus: Math.max(0, pair.counted) + plan.inbound - plan.orderUpTo,
        orderQuantity: plan.quantity,
        missedBeforeOrder: plan.unitsMissedBefore,
        leadDays: pair.terms.leadDays,
        ratePerDay: plan.windowDemand / plan.windowDays,
        shortagePerUnit: pair.terms.shortageEstimate,
        holdingPerUnitDay: pair.terms.holdingEstimate,
        orderCost: pair.terms.orderCost,
      };
    });
  const transfers = planTransfers(parties, (product) => ({
    costPerUnit: ((cost.get(product)! || 0) * config.transferCostPct) / 100,
    costPerTransfer: config.transferCost,
    days: config.transferDays,
  }));
  const byPair = new Map(planned.map((each) => [each.pair.index, each]));
  for (const { to, quantity } of transfers) takeOff(byPair.get(to)!, quantity);
  return transfers;
}

function takeOff(planned: PlannedPair, quantity: number): void {
  const { pair, plan } = planned;
  planned.moved += quantity;
  const isCovered = Math.max(0, pair.counted) + plan.inbound + planned.moved >= plan.orderUpTo;
  const left = isCovered ? 0 : roundUp(plan.quantity - quantity, pair.terms);
  planned.plan = revisedPlan(plan, left, planned.moved, pair.terms.orderCost);
  if (left === 0) planned.code = 'TRANSFER_COVERS';
  const each = units(quantity);
  planned.notes.push({ en: `${each} come from a neighbour.`, zh: `邻近门店调入 ${each}。` });
}

/** Writes `out_transfer`, beside what is then left to order. */
export async function writeTransfers(
  warehouse: Warehouse,
  planned: readonly PlannedPair[],
  transfers: readonly Transfer[],
): Promise<{ transfers: number; value: number }> {
  const left = new Map(planned.map(({ pair, plan }) => [pair.index, plan.quantity]));
  const after = transfers.map(({ to }) => left.get(to)!);
  const text = (i: number, say: (quantity: string, left: string) => string): string =>
    say(units(transfers[i]!.quantity), units(after[i]!));
  await warehouse.write('out_transfer', OUT, {
    from_pair_idx: Int32Array.from(transfers, ({ from }) => from),
    to_pair_idx: Int32Array.from(transfers, ({ to }) => to),
    quantity: Float64Array.from(transfers, ({ quantity }) => quantity),
    value: Float64Array.from(transfers, ({ value }) => value),
    order_quantity_after: Float64Array.from(after),
    reason: transfers.map((_, i) =>
      text(i, (q, rest) => `${q} lie beyond what the giver needs; moved, the taker has ${rest} left to order.`),
    ),
    reason_zh: transfers.map((_, i) => text(i, (q, rest) => `调出方多余 ${q}；调拨后，调入方还需订 ${rest}。`)),
  });
  return { transfers: transfers.length, value: transfers.reduce((sum, { value }) => sum + value, 0) };
}
