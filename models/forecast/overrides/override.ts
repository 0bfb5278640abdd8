/** What a planner puts in the place of a forecast. */
export interface Override {
  /** Index of the product, and of the location; undefined for all of them. */
  product: number;
  location?: number;
  /** First and last period, both included. */
  from: number;
  to: number;
  /** First period in whose morning it was known: forecasts from it on are overridden. */
  knownFrom: number;
  /** Units over all these periods; or else a change in per cent of the forecast. */
  quantity?: number;
  pct?: number;
  planner: string;
}

/** Name of the forecast with the planners' overrides laid on it. */
export const OVERRIDE = 'override';
