import type { EpochDay } from '../../data/day.ts';
import type { DiscountAdvice, DiscountCandidate } from '../../models/discount/decide.ts';
import type { Columns } from '../warehouse/columns.ts';

export interface SeriesAdvice {
  series: number;
  candidate: DiscountCandidate;
  advice: DiscountAdvice;
}

/** Columns of `out_discount`. */
export const OUT_DISCOUNT = {
  series_idx: 'i32',
  discount_pct: 'f64',
  starts_on: 'day',
  ends_on: 'day',
  expected_units: 'f64',
  expected_margin: 'f64',
  lo: 'f64',
  hi: 'f64',
  stock_after: 'f64',
  guardrails: 'text',
  margin_without: 'f64',
  gain: 'f64',
  gain_lo: 'f64',
  gain_hi: 'f64',
  units_lo: 'f64',
  units_hi: 'f64',
  stock_after_lo: 'f64',
  stock_after_hi: 'f64',
  on_hand: 'f64',
  days_of_cover: 'f64',
  limit_days: 'f64',
  surplus_units: 'f64',
  regular_price: 'f64',
  reason_code: 'text',
  currency: 'text',
} as const;

/** Advice as columns; a markdown starts on the as-of day. */
export function adviceColumns(rows: SeriesAdvice[], asOf: EpochDay, currency: string): Columns<typeof OUT_DISCOUNT> {
  const numbers = (value: (row: SeriesAdvice) => number): Float64Array => Float64Array.from(rows, value);
  return {
    series_idx: Int32Array.from(rows, ({ series }) => series),
    discount_pct: numbers(({ advice }) => Math.round(advice.depth * 1e4) / 100),
    starts_on: new Int32Array(rows.length).fill(asOf),
    ends_on: Int32Array.from(rows, ({ advice, candidate }) => asOf + advice.duration * candidate.periodDays - 1),
    expected_units: numbers(({ advice }) => advice.units),
    expected_margin: numbers(({ advice }) => advice.margin),
    lo: numbers(({ advice }) => Math.min(advice.marginLo, advice.margin)),
    hi: numbers(({ advice }) => Math.max(advice.marginHi, advice.margin)),
    stock_after: numbers(({ advice }) => advice.stockAfter),
    guardrails: rows.map(({ advice }) => advice.guardrails.join(', ')),
    margin_without: numbers(({ advice }) => advice.marginWithout),
    gain: numbers(({ advice }) => advice.gain),
    gain_lo: numbers(({ advice }) => advice.gainLo),
    gain_hi: numbers(({ advice }) => advice.gainHi),
    units_lo: numbers(({ advice }) => advice.unitsLo),
    units_hi: numbers(({ advice }) => advice.unitsHi),
    stock_after_lo: numbers(({ advice }) => advice.stockAfterLo),
    stock_after_hi: numbers(({ advice }) => advice.stockAfterHi),
    on_hand: numbers(({ candidate }) => candidate.onHand),
    days_of_cover: numbers(({ advice }) => advice.daysOfCover),
    limit_days: numbers(({ advice }) => advice.limitDays),
    surplus_units: numbers(({ advice }) => advice.surplusUnits),
    regular_price: numbers(({ candidate }) => candidate.regularPrice),
    reason_code: rows.map(({ advice }) => advice.reason),
    currency: rows.map(() => currency),
  };
}
