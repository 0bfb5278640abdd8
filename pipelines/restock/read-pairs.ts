import type { RestockConfig } from '../../data/contract/config/restock.ts';
import type { EpochDay } from '../../data/day.ts';
import { type DataIssue, dataIssues } from '../../models/restock/data-issue.ts';
import { type DemandCurve, demandCurve } from '../../models/restock/demand-curve.ts';
import { expectArrivals, type Inbound } from '../../models/restock/inbound.ts';
import type { OrderCalendar } from '../../models/restock/order-calendar.ts';
import { SERVICE_KINDS } from '../../models/restock/service-quantity.ts';
import type { SupplyTerms } from '../../models/restock/supply-terms.ts';
import type { Arrival } from '../../models/restock/window.ts';
import { NO_VALUE } from '../warehouse/columns.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';

/** One product at one location, as read. */
export interface RestockPair {
  index: number;
  product: string;
  region: string;
  location: number;
  isWarehouse: boolean;
  /** Location of the warehouse that serves it, or `NO_VALUE`. */
  warehouse: number;
  /** Its series, or `NO_VALUE` where it never sold. */
  series: number;
  /** NaN where it was never counted. */
  counted: number;
  inbound: Inbound;
  terms: SupplyTerms;
  /** Its supplier, or `NO_VALUE`. */
  supplier: number;
  /** Days until an order can be placed, which `terms` count as part of the lead time. */
  waitDays: number;
  /** When orders are taken; undefined: always. */
  calendar: OrderCalendar | undefined;
  /** NaN where not known. */
  unitCost: number;
  volumeM3: number;
  weightKg: number;
  unitsPerPallet: number;
  sold30Days: number;
  isWhole: boolean;
  /** What is odd about its inputs. */
  issues: DataIssue[];
}

const PAIR = {
  product_id: 'text',
  region: 'text',
  location_idx: 'i32',
  is_warehouse: 'flag',
  warehouse_idx: 'i32',
  supplier_idx: 'i32',
  series_idx: 'i32',
  supplier_id: 'text',
  on_hand: 'f64',
  counted_on: 'day',
  lead_time_days: 'f64',
  lead_time_sd_days: 'f64',
  review_period_days: 'f64',
  order_cost: 'f64',
  holding_cost_per_unit_day: 'f64',
  shortage_cost_per_unit: 'f64',
  service_level: 'f64',
  service_kind: 'text',
  has_terms: 'flag',
  is_supplier_unknown: 'flag',
  pack_size: 'f64',
  min_order_quantity: 'f64',
  unit_cost: 'f64',
  volume_m3: 'f64',
  weight_kg: 'f64',
  units_per_pallet: 'f64',
  shelf_life_days: 'f64',
  ends_in_days: 'f64',
  unit_margin: 'f64',
  sold_30_days: 'f64',
  is_whole: 'flag',
} as const;

const or = (value: number, otherwise: number): number => (Number.isNaN(value) ? otherwise : value);

/** All pairs in the order of their index, with their terms completed from the config. */
export async function readPairs(warehouse: Warehouse, config: RestockConfig, asOf: EpochDay): Promise<RestockPair[]> {
  const deliveries = await readDeliveries(warehouse);
  const { rows, columns: c } = await warehouse.read('int_restock_pair', PAIR, ['pair_idx']);
  return Array.from({ length: rows }, (_, i) => {
    const inbound = expectArrivals(deliveries.get(i) ?? [], config.lostAfterDays);
    const holding = (or(c.unit_cost[i]!, Number.NaN) * config.holdingCostPctPerYear) / 100 / 365;
    const leadDays = Math.ceil(or(c.lead_time_days[i]!, config.leadTimeDays));
    const reviewDays = Math.max(1, Math.ceil(or(c.review_period_days[i]!, config.reviewPeriodDays)));
    return {
      index: i,
      product: c.product_id[i]!,
      region: c.region[i]!,
      location: c.location_idx[i]!,
      isWarehouse: c.is_warehouse[i] === 1,
      warehouse: c.warehouse_idx[i]!,
      series: c.series_idx[i]!,
      counted: c.on_hand[i]!,
      inbound,
      terms: {
        leadDays,
        leadSdDays: or(c.lead_time_sd_days[i]!, 0),
        reviewDays,
        orderCost: or(c.order_cost[i]!, 0),
        holdingPerUnitDay: c.holding_cost_per_unit_day[i]!,
        shortagePerUnit: c.shortage_cost_per_unit[i]!,
        holdingEstimate: or(c.holding_cost_per_unit_day[i]!, holding),
        shortageEstimate: or(c.shortage_cost_per_unit[i]!, Math.max(0, c.unit_margin[i]!)),
        serviceLevel: Math.min(0.999, Math.max(0.5, or(c.service_level[i]!, config.serviceLevel))),
        serviceKind: SERVICE_KINDS.find((kind) => kind === c.service_kind[i]) ?? config.target,
        unitCost: c.unit_cost[i]!,
        shelfLifeDays: or(c.shelf_life_days[i]!, Infinity),
        endsInDays: Math.max(0, or(c.ends_in_days[i]!, Infinity)),
        packSize: c.is_whole[i] ? Math.ceil(c.pack_size[i]!) : c.pack_size[i]!,
        minOrderQuantity: c.min_order_quantity[i]!,
      },
      supplier: c.supplier_idx[i]!,
      waitDays: 0,
      calendar: undefined,
      unitCost: c.unit_cost[i]!,
      volumeM3: c.volume_m3[i]!,
      weightKg: c.weight_kg[i]!,
      unitsPerPallet: c.units_per_pallet[i]!,
      sold30Days: c.sold_30_days[i]!,
      isWhole: c.is_whole[i] === 1,
      issues: dataIssues({
        onHand: c.on_hand[i]!,
        countedOn: c.counted_on[i]!,
        isCountOld: isKnown(c.counted_on[i]!) && asOf - c.counted_on[i]! > config.oldCountAfterDays,
        inbound,
        lostAfterDays: config.lostAfterDays,
        unknownSupplier: c.is_supplier_unknown[i] ? c.supplier_id[i]! : '',
        hasTerms: c.has_terms[i] === 1,
        isLeadTimeGiven: !Number.isNaN(c.lead_time_days[i]!),
        leadDays,
        isReviewPeriodGiven: !Number.isNaN(c.review_period_days[i]!),
        reviewDays,
      }),
    };
  });
}

async function readDeliveries(warehouse: Warehouse): Promise<Map<number, Arrival[]>> {
  const spec = { pair_idx: 'i32', due_day: 'i32', quantity: 'f64' } as const;
  const { rows, columns } = await warehouse.read('int_restock_inbound', spec, ['pair_idx', 'due_day']);
  const byPair = new Map<number, Arrival[]>();
  for (let i = 0; i < rows; i++) {
    const arrivals = byPair.get(columns.pair_idx[i]!) ?? [];
    arrivals.push({ day: columns.due_day[i]!, quantity: columns.quantity[i]! });
    byPair.set(columns.pair_idx[i]!, arrivals);
  }
  return byPair;
}

/** The forecast of each series as a curve of demand over days, by series index. */
export async function readCurves(warehouse: Warehouse, periodDays: number): Promise<DemandCurve[]> {
  const spec = { series_idx: 'i32', mean: 'f64' } as const;
  const { rows, columns } = await warehouse.read('int_forecast', spec, ['series_idx', 'h']);
  const curves: DemandCurve[] = [];
  for (let from = 0; from < rows; ) {
    const series = columns.series_idx[from]!;
    let to = from;
    while (to < rows && columns.series_idx[to] === series) to++;
    curves[series] = demandCurve(columns.mean.subarray(from, to), periodDays);
    from = to;
  }
  return curves;
}

export const isKnown = (index: number): boolean => index !== NO_VALUE;
