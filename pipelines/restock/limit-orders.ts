import type { OrderLimit, RestockConfig } from '../../data/contract/config/restock.ts';
import { dayOf, type EpochDay } from '../../data/day.ts';
import { highsSolver } from '../../models/restock/limits/highs-solver.ts';
import { type LimitCode, limitNote, type NamedLimit } from '../../models/restock/limits/limit-note.ts';
import { limitPlans } from '../../models/restock/limits/limit-plans.ts';
import { keeps, type Limit, type Use } from '../../models/restock/limits/order-line.ts';
import { revisedPlan } from '../../models/restock/revised-plan.ts';
import { written } from '../../models/restock/triggers/arithmetic.ts';
import type { PlannedPair } from './plan-pairs.ts';
import { isKnown, type RestockPair } from './read-pairs.ts';
import type { Supplier } from './suppliers.ts';

/** What came of the limits. */
export interface LimitSummary {
  limits: number;
  binding: number;
  changed: number;
  /** Money by which expected costs can at most be lower with other quantities. */
  gap: string;
  /** Orders that no limit could count, for want of a cost, volume or weight. */
  uncounted: number;
}

/** A limit with the pairs it counts and what a unit of each takes of it. */
interface Rule extends NamedLimit {
  kind: Limit['kind'];
  perUnit: (planned: PlannedPair) => number;
  members: readonly PlannedPair[];
}

const PER_UNIT: Record<'ORDER_VALUE' | 'VOLUME' | 'WEIGHT' | 'PALLETS', (pair: RestockPair) => number> = {
  ORDER_VALUE: ({ unitCost }) => unitCost,
  VOLUME: ({ volumeM3 }) => volumeM3,
  WEIGHT: ({ weightKg }) => weightKg,
  PALLETS: ({ unitsPerPallet }) => 1 / unitsPerPallet,
};

/** Whether an order for the pair costs money rather than stock of a warehouse of one's own. */
const isBought = ({ warehouse }: RestockPair): boolean => !isKnown(warehouse);

/** Changes the orders so that budgets, containers, minimums and the stock of warehouses are kept. */
export async function limitOrders(
  planned: readonly PlannedPair[],
  suppliers: readonly Supplier[],
  config: RestockConfig,
  context: { asOf: EpochDay; currency: string; rankOf: (planned: PlannedPair) => number },
): Promise<LimitSummary> {
  const orderable = planned.filter(({ code }) => code !== 'STOCK_UNKNOWN' && code !== 'NO_FORECAST');
  const rules = [
    ...supplierRules(orderable, suppliers, config),
    ...config.limits.flatMap((limit) => configRules(limit, orderable, suppliers, context.asOf)),
    ...warehouseRules(planned),
  ].filter(({ members }) => members.length > 0);
  const uses = new Map<PlannedPair, Use[]>(orderable.map((each) => [each, []]));
  let uncounted = 0;
  rules.forEach(({ members, perUnit }, limit) => {
    for (const member of members) {
      if (!uses.has(member)) continue;
      const amount = perUnit(member);
      if (amount > 0) uses.get(member)!.push({ limit, perUnit: amount });
      else if (Number.isNaN(amount) && member.plan.quantity > 0) uncounted++;
    }
  });
  // where two are worth the same, regions with more demand come first
  const orders = [...uses]
    .filter(([, own]) => own.length > 0)
    .sort(([a], [b]) => context.rankOf(b) - context.rankOf(a) || a.pair.index - b.pair.index);
  const { quantities, allocation } = limitPlans(
    orders.map(([{ plan, pair, moved }, own]) => ({
      plan,
      rule: pair.terms,
      orderCost: pair.terms.orderCost,
      moved,
      uses: own,
    })),
    rules,
    rules.length > 0 ? await highsSolver() : undefined,
  );
  let changed = 0;
  const used = new Float64Array(rules.length);
  orders.forEach(([, own], i) => {
    for (const { limit, perUnit } of own) used[limit]! += perUnit * quantities[i]!;
  });
  orders.forEach(([each, own], i) => {
    const quantity = quantities[i]!;
    if (quantity === each.plan.quantity) return;
    changed++;
    const binding = own.map(({ limit }) => limit).filter((l) => isBinding(rules[l]!, used[l]!, allocation.prices[l]!));
    const first = chiefLimit(own, rules, binding, quantity > each.plan.quantity);
    each.limitedBy = [...new Set((binding.length > 0 ? binding : [first]).map((l) => rules[l]!.code))];
    each.notes.push(limitNote(rules[first]!, each.plan.quantity, quantity, context.currency));
    each.plan = revisedPlan(each.plan, quantity, each.moved, each.pair.terms.orderCost);
    if (quantity === 0) each.code = 'HELD_BACK';
    else if (each.code === 'COVERED' || each.code === 'NOT_WORTH_ORDERING') each.code = 'BELOW_TARGET';
  });
  return {
    limits: rules.length,
    binding: rules.filter((rule, l) => isBinding(rule, used[l]!, allocation.prices[l]!)).length,
    changed,
    gap: written(Math.max(0, allocation.cost - allocation.bound), context.currency),
    uncounted,
  };
}

function isBinding({ kind, amount }: Rule, used: number, price: number): boolean {
  return price > 0 || !keeps({ kind, amount: amount * (kind === 'at_most' ? 0.999 : 1.001) }, used);
}

function chiefLimit(uses: readonly Use[], rules: readonly Rule[], binding: readonly number[], isMore: boolean): number {
  const own = binding.length > 0 ? binding : uses.map(({ limit }) => limit);
  return own.find((l) => (rules[l]!.kind === 'at_least_if_any') === isMore) ?? own[0]!;
}

function supplierRules(
  planned: readonly PlannedPair[],
  suppliers: readonly Supplier[],
  { smoothingPct }: RestockConfig,
): Rule[] {
  const membersOf = new Map<number, PlannedPair[]>();
  for (const each of planned) {
    if (!isBought(each.pair) || !isKnown(each.pair.supplier)) continue;
    const members = membersOf.get(each.pair.supplier) ?? [];
    members.push(each);
    membersOf.set(each.pair.supplier, members);
  }
  return suppliers.flatMap((supplier, index) => {
    const members = membersOf.get(index) ?? [];
    const rule = (code: LimitCode, kind: Limit['kind'], amount: number, by: keyof typeof PER_UNIT): Rule[] =>
      amount >= 0
        ? [{ code, kind, amount, supplier: supplier.id, members, perUnit: ({ pair }) => PER_UNIT[by](pair) }]
        : [];
    const usual = members.reduce((sum, { plan, pair }) => {
      const perDay = plan.windowDays > 0 ? plan.windowDemand / plan.windowDays : 0;
      return sum + perDay * pair.terms.reviewDays * (pair.unitCost || 0);
    }, 0);
    return [
      ...rule('MIN_ORDER_VALUE', 'at_least_if_any', supplier.minOrderValue, 'ORDER_VALUE'),
      ...rule('ORDER_VALUE', 'at_most', supplier.maxOrderValue, 'ORDER_VALUE'),
      ...rule('VOLUME', 'at_most', supplier.maxVolumeM3, 'VOLUME'),
      ...rule('WEIGHT', 'at_most', supplier.maxWeightKg, 'WEIGHT'),
      ...rule('PALLETS', 'at_most', supplier.maxPallets, 'PALLETS'),
      ...(smoothingPct === null ? [] : rule('SMOOTHING', 'at_most', (usual * smoothingPct) / 100, 'ORDER_VALUE')),
    ];
  });
}

/** One rule per amount and order date of a limit in the config. */
function configRules(
  limit: OrderLimit,
  planned: readonly PlannedPair[],
  suppliers: readonly Supplier[],
  asOf: EpochDay,
): Rule[] {
  const [from, until] = [limit.from ? dayOf(limit.from) : -Infinity, limit.until ? dayOf(limit.until) : Infinity];
  const byDate = new Map<EpochDay, PlannedPair[]>();
  for (const each of planned) {
    const date = asOf + each.pair.waitDays;
    if (!isBought(each.pair) || date < from || date > until) continue;
    if (limit.supplier !== undefined && suppliers[each.pair.supplier]?.id !== limit.supplier) continue;
    const members = byDate.get(date) ?? [];
    members.push(each);
    byDate.set(date, members);
  }
  const amounts = {
    ORDER_VALUE: limit.orderValue,
    VOLUME: limit.volumeM3,
    WEIGHT: limit.weightKg,
    PALLETS: limit.pallets,
  };
  return [...byDate.values()].flatMap((members) =>
    (Object.keys(amounts) as (keyof typeof amounts)[]).flatMap((code): Rule[] => {
      const amount = amounts[code];
      if (amount === undefined) return [];
      return [
        {
          code,
          kind: 'at_most',
          amount,
          supplier: limit.supplier,
          members,
          perUnit: ({ pair }) => PER_UNIT[code](pair),
        },
      ];
    }),
  );
}

/** What lies in a warehouse this morning is all that it can send to its stores. */
function warehouseRules(planned: readonly PlannedPair[]): Rule[] {
  const stock = new Map<string, number>();
  for (const { pair } of planned) {
    if (pair.isWarehouse && !Number.isNaN(pair.counted)) {
      const due = pair.inbound.arrivals.filter(({ day }) => day === 0).reduce((sum, each) => sum + each.quantity, 0);
      stock.set(`${pair.location}/${pair.product}`, Math.max(0, pair.counted) + due);
    }
  }
  const members = new Map<string, PlannedPair[]>();
  for (const each of planned) {
    const key = `${each.pair.warehouse}/${each.pair.product}`;
    if (!isKnown(each.pair.warehouse) || !stock.has(key)) continue;
    const own = members.get(key) ?? [];
    own.push(each);
    members.set(key, own);
  }
  return [...members].map(([key, own]) => ({
    code: 'WAREHOUSE_STOCK',
    kind: 'at_most',
    amount: stock.get(key)!,
    members: own,
    perUnit: () => 1,
  }));
}
