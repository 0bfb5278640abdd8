import type { Timeline } from '../features/timeline.ts';

/** What every series sold, in standard deviations from its mean, with room for the periods that are forecast one after the other. */
export interface DemandHistory {
  /** Periods of a row. */
  width: number;
  /** [series][width]; NaN where sales do not show demand and where nothing is forecast yet. */
  values: Float32Array;
  /** Units, per series; a deviation of 0 for a series that never sold. */
  mean: Float64Array;
  deviation: Float64Array;
}

/** Reads the sales before `origin`. O(series x periods). */
export function demandHistory({ panel, isKnown }: Timeline, origin: number, horizon: number): DemandHistory {
  const { seriesCount, periods, quantity } = panel;
  const width = origin + horizon;
  const values = new Float32Array(seriesCount * width).fill(Number.NaN);
  const mean = new Float64Array(seriesCount);
  const deviation = new Float64Array(seriesCount);
  for (let s = 0; s < seriesCount; s++) {
    let known = 0;
    let squares = 0;
    for (let t = 0; t < origin; t++) {
      if (!isKnown(s, t)) continue;
      const sold = Math.max(0, quantity[s * periods + t]!);
      values[s * width + t] = sold;
      known++;
      const off = sold - mean[s]!;
      mean[s]! += off / known;
      squares += off * (sold - mean[s]!);
    }
    deviation[s] = known > 1 ? Math.sqrt(squares / known) : 0;
    if (!(deviation[s]! > 0)) deviation[s] = mean[s]!;
    for (let i = s * width; i < s * width + origin; i++) values[i] = (values[i]! - mean[s]!) / (deviation[s]! || 1);
  }
  return { width, values, mean, deviation };
}
