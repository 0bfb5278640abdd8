import type { EpochDay } from '../../data/day.ts';
import { writtenNumber } from '../../data/written.ts';
import { issueChinese, issueEnglish } from '../../models/restock/data-issue.ts';
import { type DemandCurve, demandCurve, demandUntil } from '../../models/restock/demand-curve.ts';
import { echelonOf, type ServedStore } from '../../models/restock/echelon.ts';
import type { LimitCode, Note } from '../../models/restock/limits/limit-note.ts';
import { lastOrderDayUntil, type OrderCalendar } from '../../models/restock/order-calendar.ts';
import { placeSafetyStock, selfProtected } from '../../models/restock/place-safety-stock.ts';
import { type Plan, planOrder, targetOf } from '../../models/restock/plan.ts';
import { reasonChinese, reasonEnglish } from '../../models/restock/reason.ts';
import { type RestockCode, restockCode } from '../../models/restock/reason-code.ts';
import { type Spread, UNKNOWN_SPREAD } from '../../models/restock/spread.ts';
import { isSurge, type SurgeRule } from '../../models/restock/surge.ts';
import type { RestockPair } from './read-pairs.ts';
import type { Servers } from './servers.ts';

/** A pair with its plan. */
export interface PlannedPair {
  pair: RestockPair;
  plan: Plan;
  code: RestockCode;
  isSurge: boolean;
  /** On hand here and, of a warehouse, in its stores as far as they need it. */
  onHand: number;
  withStores: boolean;
  /** Where safety stock against the warehouse's lead time lies; empty where there is one level only. */
  safetyAt: 'warehouse' | 'stores' | '';
  curve: DemandCurve;
  spread: Spread;
  isCount: boolean;
  demand30Days: number;
  sold30Days: number;
  /** Units that neighbours are to send. */
  moved: number;
  /** Limits that changed the order. */
  limitedBy: LimitCode[];
  /** What else is to be said of the order, after its arithmetic. */
  notes: Note[];
}

/** What all pairs are planned from. */
export interface PlanInputs {
  asOf: EpochDay;
  periodDays: number;
  curves: readonly DemandCurve[];
  spreads: readonly Spread[];
  servers: Servers;
  /** Of all that a warehouse serves together, where it was measured. */
  serverSpreads: ReadonlyMap<RestockPair, Spread>;
  surge: SurgeRule;
}

/** Plans every pair: stores from their own series, warehouses from those of the stores they serve. */
export function planPairs(pairs: readonly RestockPair[], inputs: PlanInputs): PlannedPair[] {
  const { storesOf, serverOf } = inputs.servers;
  const places = new Map<RestockPair, SafetyPlace>();
  for (const [server, stores] of storesOf) places.set(server, placeOf(server, stores, inputs));
  return pairs.map((pair) => {
    const place = places.get(pair) ?? places.get(serverOf.get(pair)!);
    return planPair(pair, storesOf.get(pair) ?? [], place, inputs);
  });
}

/** Where the safety stock of a product in two levels lies, and for how many days stores hold it if it is theirs. */
interface SafetyPlace {
  at: 'warehouse' | 'stores';
  days: number;
}

function placeOf(warehouse: RestockPair, stores: readonly RestockPair[], inputs: PlanInputs): SafetyPlace {
  const days = warehouse.terms.leadDays + warehouse.terms.reviewDays;
  const seen = stores.map((store) => ({
    ...servedStore(store, inputs),
    holdingPerUnitDay: store.terms.holdingEstimate,
    target: targetOf(store.terms),
    isCount: store.isWhole,
  }));
  return { at: placeSafetyStock(seen, days, warehouse.terms.holdingEstimate).at, days };
}

function planPair(
  pair: RestockPair,
  stores: readonly RestockPair[],
  place: SafetyPlace | undefined,
  inputs: PlanInputs,
): PlannedPair {
  const { asOf, surge } = inputs;
  const own = inputs.curves[pair.series];
  const isCounted = !Number.isNaN(pair.counted);
  const hasForecast = own !== undefined || stores.length > 0;
  const onHand = Math.max(0, pair.counted || 0);
  const isStoresOwn = place?.at === 'stores';
  const terms = isStoresOwn && stores.length === 0 ? selfProtected(pair.terms, place.days) : pair.terms;
  const echelon =
    stores.length > 0
      ? echelonOf(servedStores(pair, stores, inputs), terms.leadDays + terms.reviewDays, !isStoresOwn)
      : undefined;
  const curve = echelon?.curve ?? own ?? demandCurve([], inputs.periodDays);
  const together = isStoresOwn ? undefined : inputs.serverSpreads.get(pair);
  const spread = together ?? echelon?.spread ?? inputs.spreads[pair.series] ?? UNKNOWN_SPREAD;
  const demand30Days = demandUntil(curve, surge.days) * spread.bias;
  const sold30Days = stores.reduce((sum, store) => sum + store.sold30Days, pair.sold30Days);
  const rises = hasForecast && isSurge(demand30Days, sold30Days, surge);
  const isCount = pair.isWhole && stores.every(({ isWhole }) => isWhole);
  const plan = planOrder({
    curve,
    spread,
    isCount,
    onHand: onHand + (echelon?.storePosition ?? 0),
    arrivals: pair.inbound.arrivals,
    terms,
    onwardDays: echelon?.onwardDays ?? 0,
    floorDays: rises ? surge.days : 0,
  });
  if (!isCounted || !hasForecast) plan.quantity = 0;
  if (plan.quantity > 0) plan.orderByDay = Math.min(plan.orderByDay, Math.ceil(pair.terms.reviewDays) - 1);
  if (pair.calendar) plan.orderByDay = chanceUntil(pair, pair.calendar, asOf, plan);
  return {
    pair,
    plan,
    code: restockCode(plan, { isCounted, hasForecast, isSurge: rises, onHand }),
    isSurge: rises,
    onHand: onHand + (echelon?.storePosition ?? 0),
    withStores: echelon !== undefined,
    safetyAt: place?.at ?? '',
    curve,
    spread,
    isCount,
    demand30Days,
    sold30Days,
    moved: 0,
    limitedBy: [],
    notes: [],
  };
}

/** Last order day of the supplier that still meets the target. */
function chanceUntil({ waitDays }: RestockPair, calendar: OrderCalendar, asOf: EpochDay, plan: Plan): number {
  if (plan.quantity > 0 || plan.orderByDay === Infinity) return plan.quantity > 0 ? waitDays : Infinity;
  return lastOrderDayUntil(calendar, asOf + plan.orderByDay + waitDays, asOf + waitDays) - asOf;
}

/** Says so where an order costs more than it saves, because a service level or a surge asks for it. */
export function sayForced(planned: readonly PlannedPair[], currency: string): void {
  for (const { plan, isSurge, notes } of planned) {
    if (!(plan.quantity > 0 && plan.value < 0)) continue;
    const loss = `${currency} ${writtenNumber(-plan.value, -plan.value < 100 ? 2 : 0)}`;
    notes.push({
      en: `It costs ${loss} more than it saves: ${isSurge ? 'the surge' : 'the service level'} asks for it.`,
      zh: `成本比收益高 ${loss}：因${isSurge ? '需求激增' : '服务水平要求'}而订。`,
    });
  }
}

/** Why, in both languages: the arithmetic, what changed the order since, and what is odd about the inputs. */
export function reasonOf(planned: PlannedPair, asOf: EpochDay): Note {
  const { pair, notes } = planned;
  const facts = { ...planned, asOf, packSize: pair.terms.packSize, leadDays: pair.terms.leadDays };
  return {
    en: [reasonEnglish(facts), ...notes.map(({ en }) => en), ...pair.issues.map(issueEnglish)].join(' '),
    zh: [reasonChinese(facts), ...notes.map(({ zh }) => zh), ...pair.issues.map(issueChinese)].join(''),
  };
}

/** The stores of a warehouse, and what it sells itself as one more without a shelf of its own. */
function servedStores(pair: RestockPair, stores: readonly RestockPair[], { curves, spreads }: PlanInputs) {
  const seen = stores.map((store) => servedStore(store, { curves, spreads }));
  if (!curves[pair.series]) return seen;
  const spread = spreads[pair.series] ?? UNKNOWN_SPREAD;
  return [...seen, { curve: curves[pair.series]!, spread, position: 0, leadDays: 0, reviewDays: 0 }];
}

function servedStore(store: RestockPair, { curves, spreads }: Pick<PlanInputs, 'curves' | 'spreads'>): ServedStore {
  return {
    curve: curves[store.series]!,
    spread: spreads[store.series] ?? UNKNOWN_SPREAD,
    position: Math.max(0, store.counted || 0) + store.inbound.arrivals.reduce((sum, { quantity }) => sum + quantity, 0),
    leadDays: store.terms.leadDays,
    reviewDays: store.terms.reviewDays,
  };
}
