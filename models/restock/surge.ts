/** When a rise in demand opens a work order at once. */
export interface SurgeRule {
  /** Days looked at, ahead and back. */
  days: number;
  /** Forecast over sales from which it is a surge. */
  ratio: number;
  /** Forecasts under this many units are never one. */
  minQuantity: number;
}

/**
 * Whether the demand of the coming days is so many times what the last ones sold. Nothing sold counts as a surge when the
 * forecast is large enough.
 *
 * `isSurge(30, 10, { days: 30, ratio: 3, minQuantity: 10 })` is true: a rise of 200 %.
 */
export function isSurge(demandAhead: number, soldBefore: number, { ratio, minQuantity }: SurgeRule): boolean {
  return demandAhead >= minQuantity && demandAhead >= ratio * soldBefore;
}
