import type { EpochDay } from '../../data/day.ts';
import { issueChinese, issueEnglish } from '../../models/restock/data-issue.ts';
import { type DemandCurve, demandCurve, demandUntil } from '../../models/restock/demand-curve.ts';
import { echelonOf } from '../../models/restock/echelon.ts';
import { type Plan, planOrder } from '../../models/restock/plan.ts';
import { reasonChinese, reasonEnglish } from '../../models/restock/reason.ts';
import { type RestockCode, restockCode } from '../../models/restock/reason-code.ts';
import { type Spread, UNKNOWN_SPREAD } from '../../models/restock/spread.ts';
import { isSurge, type SurgeRule } from '../../models/restock/surge.ts';
import { isKnown, type RestockPair } from './read-pairs.ts';

/** A pair with its plan. */
export interface PlannedPair {
  pair: RestockPair;
  plan: Plan;
  code: RestockCode;
  isSurge: boolean;
  demand30Days: number;
  reason: string;
  reasonZh: string;
}

/** What all pairs are planned from. */
export interface PlanInputs {
  asOf: EpochDay;
  periodDays: number;
  curves: readonly DemandCurve[];
  spreads: readonly Spread[];
  surge: SurgeRule;
}

/** Plans every pair: stores from their own series, warehouses from those of the stores they serve. */
export function planPairs(pairs: readonly RestockPair[], inputs: PlanInputs): PlannedPair[] {
  const served = new Map<string, RestockPair[]>();
  for (const pair of pairs) {
    if (!inputs.curves[pair.series] || !isKnown(pair.warehouse)) continue;
    const key = `${pair.warehouse}/${pair.product}`;
    const stores = served.get(key) ?? [];
    stores.push(pair);
    served.set(key, stores);
  }
  return pairs.map((pair) => planPair(pair, served.get(`${pair.location}/${pair.product}`) ?? [], inputs));
}

function planPair(pair: RestockPair, stores: readonly RestockPair[], inputs: PlanInputs): PlannedPair {
  const { asOf, surge } = inputs;
  const own = inputs.curves[pair.series];
  const isCounted = !Number.isNaN(pair.counted);
  const hasForecast = own !== undefined || stores.length > 0;
  const onHand = Math.max(0, pair.counted || 0);
  const { terms } = pair;
  const echelon =
    stores.length > 0 ? echelonOf(servedStores(pair, stores, inputs), terms.leadDays + terms.reviewDays) : undefined;
  const curve = echelon?.curve ?? own ?? demandCurve([], inputs.periodDays);
  const spread = echelon?.spread ?? inputs.spreads[pair.series] ?? UNKNOWN_SPREAD;
  const demand30Days = demandUntil(curve, surge.days) * spread.bias;
  const sold30Days = stores.reduce((sum, store) => sum + store.sold30Days, pair.sold30Days);
  const rises = hasForecast && isSurge(demand30Days, sold30Days, surge);
  const plan = planOrder({
    curve,
    spread,
    isCount: pair.isWhole && stores.every(({ isWhole }) => isWhole),
    onHand: onHand + (echelon?.storePosition ?? 0),
    arrivals: pair.inbound.arrivals,
    terms,
    onwardDays: echelon?.onwardDays ?? 0,
    floorDays: rises ? surge.days : 0,
  });
  if (!isCounted || !hasForecast) plan.quantity = 0;
  const code = restockCode(plan, { isCounted, hasForecast, isSurge: rises, onHand });
  const facts = {
    code,
    plan,
    asOf,
    onHand: onHand + (echelon?.storePosition ?? 0),
    withStores: echelon !== undefined,
    packSize: terms.packSize,
    leadDays: terms.leadDays,
    demand30Days,
    sold30Days,
  };
  return {
    pair,
    plan,
    code,
    isSurge: rises,
    demand30Days,
    reason: [reasonEnglish(facts), ...pair.issues.map(issueEnglish)].join(' '),
    reasonZh: [reasonChinese(facts), ...pair.issues.map(issueChinese)].join(''),
  };
}

/** The stores of a warehouse, and what it sells itself as one more without a shelf of its own. */
function servedStores(pair: RestockPair, stores: readonly RestockPair[], { curves, spreads }: PlanInputs) {
  const seen = stores.map((store) => ({
    curve: curves[store.series]!,
    spread: spreads[store.series] ?? UNKNOWN_SPREAD,
    position: Math.max(0, store.counted || 0) + store.inbound.arrivals.reduce((sum, { quantity }) => sum + quantity, 0),
    leadDays: store.terms.leadDays,
    reviewDays: store.terms.reviewDays,
  }));
  if (!curves[pair.series]) return seen;
  const spread = spreads[pair.series] ?? UNKNOWN_SPREAD;
  return [...seen, { curve: curves[pair.series]!, spread, position: 0, leadDays: 0, reviewDays: 0 }];
}
