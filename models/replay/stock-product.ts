import type { SupplyTerms } from '../restock/supply-terms.ts';

/** A location that sells or serves a product. */
export interface StockLocation {
  /** Number of the pair, as orders name it. */
  pair: number;
  /** Its series, or -1 where it sells nothing. */
  series: number;
  /** Index of the location that serves it; -1: a supplier who always has enough. */
  supplier: number;
  /** In days of the replay, except `endsInDays`, which is Infinity: see `endDay`. */
  terms: SupplyTerms;
  /** Day after the last one on which the product is sold, as far as it is announced; Infinity: none. */
  endDay: number;
  /** Units on hand on its first day, put there whatever the policy. */
  openingUnits: number;
  /** Day on which it opens: 0, or the day on which a new product came in. */
  openingDay: number;
}

/** One product and everywhere it is sold or kept; those who serve come after those they serve. */
export interface StockProduct {
  product: number;
  locations: StockLocation[];
  unitCost: number;
  unitPrice: number;
  /** Days after arrival from a supplier until it is thrown away; Infinity: it keeps. */
  shelfLifeDays: number;
  /** Whether demand comes in whole units. */
  isCount: boolean;
}

/** Whether a location may order on a day: every so many days, spread over the days by its number. */
export function isReviewDay({ terms, pair }: StockLocation, day: number): boolean {
  return (day + pair) % Math.max(1, Math.round(terms.reviewDays)) === 0;
}

/** Indexes of the locations that are served by `supplier`. */
export function servedBy({ locations }: StockProduct, supplier: number): number[] {
  return locations.flatMap((location, i) => (location.supplier === supplier ? [i] : []));
}
