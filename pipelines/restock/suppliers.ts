import type { EpochDay } from '../../data/day.ts';
import type { DataIssue } from '../../models/restock/data-issue.ts';
import { type OrderCalendar, orderChances, parseCutOff, parseWeekdays } from '../../models/restock/order-calendar.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { isKnown, type RestockPair } from './read-pairs.ts';

/** A supplier as read; amounts are NaN where not given. */
export interface Supplier {
  id: string;
  /** undefined where orders are taken at any time. */
  calendar: OrderCalendar | undefined;
  minOrderValue: number;
  maxOrderValue: number;
  maxVolumeM3: number;
  maxWeightKg: number;
  maxPallets: number;
  /** What could not be read of its calendar. */
  issues: DataIssue[];
}

const SUPPLIER = {
  supplier_id: 'text',
  order_days: 'text',
  cut_off: 'text',
  min_order_value: 'f64',
  max_order_value: 'f64',
  max_volume_m3: 'f64',
  max_weight_kg: 'f64',
  max_pallets: 'f64',
} as const;

/** All suppliers in the order of their index. */
export async function readSuppliers(warehouse: Warehouse): Promise<Supplier[]> {
  await warehouse.build(['int_suppliers', 'stg_supplier_closures']);
  const closed = await warehouse.read(
    'stg_supplier_closures',
    { supplier_id: 'text', starts_on: 'day', ends_on: 'day' },
    ['supplier_id', 'starts_on'],
  );
  const { rows, columns: c } = await warehouse.read('int_suppliers', SUPPLIER, ['supplier_idx']);
  return Array.from({ length: rows }, (_, i) => {
    const id = c.supplier_id[i]!;
    const closures = Array.from({ length: closed.rows }, (_, row) => row)
      .filter((row) => ['', id].includes(closed.columns.supplier_id[row]!))
      .map((row) => ({ from: closed.columns.starts_on[row]!, until: closed.columns.ends_on[row]! }));
    const [days, cutOff] = [c.order_days[i]!, c.cut_off[i]!];
    const [weekdays, cutOffMinute] = [parseWeekdays(days), parseCutOff(cutOff)];
    const issues: DataIssue[] = [];
    if (!weekdays) issues.push({ code: 'ORDER_DAYS_UNREADABLE', text: days });
    if (cutOffMinute === undefined) issues.push({ code: 'CUT_OFF_UNREADABLE', text: cutOff });
    const isBound = closures.length > 0 || weekdays?.includes(false) || (cutOffMinute ?? Infinity) < Infinity;
    return {
      id,
      calendar: isBound
        ? { weekdays: weekdays ?? Array<boolean>(7).fill(true), closures, cutOffMinute: cutOffMinute ?? Infinity }
        : undefined,
      minOrderValue: c.min_order_value[i]!,
      maxOrderValue: c.max_order_value[i]!,
      maxVolumeM3: c.max_volume_m3[i]!,
      maxWeightKg: c.max_weight_kg[i]!,
      maxPallets: c.max_pallets[i]!,
      issues,
    };
  });
}

/** Pairs with the terms that their supplier's calendar leaves: the wait counts as lead time, the gap as review period. */
export function atOrderDays(
  pairs: readonly RestockPair[],
  suppliers: readonly Supplier[],
  asOf: EpochDay,
): RestockPair[] {
  return pairs.map((pair) => {
    const supplier = isKnown(pair.warehouse) ? undefined : suppliers[pair.supplier];
    if (!supplier) return pair;
    const { calendar } = supplier;
    const chances = calendar && orderChances(calendar, asOf, pair.terms.reviewDays);
    const issues = [...pair.issues, ...supplier.issues];
    if (!calendar) return { ...pair, issues };
    if (!chances) return { ...pair, issues: [...issues, { code: 'SUPPLIER_CLOSED' }] };
    const leadDays = pair.terms.leadDays + chances.waitDays;
    const terms = { ...pair.terms, leadDays, reviewDays: chances.reviewDays };
    return { ...pair, issues, calendar, waitDays: chances.waitDays, terms };
  });
}
