/**
 * All series over one time axis, as typed arrays. Row-major: the value of series `s` in period `t` is at
 * `s * periods + t`; arrays that reach into the known future have rows of `periods + horizon`.
 *
 * Period 0 begins on `startDay`; period `t` begins on `startDay + t * periodDays`. Periods before `periods` are known,
 * the first one to forecast is `periods` itself (its first day is the as-of day).
 */
export interface Panel {
  frequency: 'daily' | 'weekly';
  periodDays: 1 | 7;
  /** Days since 1970-01-01. */
  startDay: number;
  periods: number;
  horizon: number;
  seriesCount: number;
  /** Index into `products` and `locations`, per series. */
  productOf: Int32Array;
  locationOf: Int32Array;
  products: PanelProducts;
  locations: PanelLocations;
  /** Units sold, [series][periods]; NaN where unknown (before the first record, or no record and not taken as zero). */
  quantity: Float32Array;
  /** First period with a record, per series. */
  firstPeriod: Int32Array;
  /** 1 where the shelf was not empty, [series][periods]. */
  inStock: Uint8Array;
  /** Price per unit, [series][periods + horizon]; NaN where not known. Empty array when no prices are given. */
  price: Float32Array;
  /** Discount as a fraction, [series][periods + horizon], 0 without promotion. Empty array when none are given. */
  discount: Float32Array;
  /** Kind of promotion that runs, 1 + index into `promotionKinds`, 0 without one, [series][periods + horizon]. Empty array when no promotions are given. */
  promotionKind: Uint8Array;
  /** Names of the kinds of promotion, such as `flyer`; `promotion` where none is given. */
  promotionKinds: string[];
  calendar: PanelCalendar;
  /** Macro indicators as they were known in the morning of each period, [indicator][periods]. */
  indicators: { names: string[]; values: Float32Array };
}

/** The kinds of promotion that tell anything apart; none where all promotions are of one kind. */
export const kindsApart = ({ promotionKinds }: Panel): readonly string[] =>
  promotionKinds.length > 1 ? promotionKinds : [];

export interface PanelProducts {
  ids: string[];
  category: string[];
  department: string[];
  /** Periods from the first one to the end of the last day on sale, as planned; infinite where no end is. None where left out. */
  endsAt?: Float64Array;
  attributes?: PanelAttribute[];
}

export interface PanelLocations {
  ids: string[];
  region: string[];
  attributes?: PanelAttribute[];
}

/** What products or locations are described by beyond the fixed columns. */
export interface PanelAttribute {
  name: string;
  /** As given, by index of the product or location; `''` where empty. */
  values: string[];
}

/** Events by location. Locations with the same days share one calendar. */
export interface PanelCalendar {
  events: string[];
  /** Calendar used by each location. */
  calendarOf: Int32Array;
  calendarCount: number;
  /** 1 on a day (or in a week) with the event, [calendar][event][periods + horizon]. */
  hasEvent: Uint8Array;
  /** 1 where nothing can be sold, [calendar][periods + horizon]. */
  isClosed: Uint8Array;
}
