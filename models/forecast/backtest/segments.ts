import type { Panel } from '../../panel.ts';
import { demandBefore } from '../demand.ts';

/** Volume class by share of all units: A the first 80 %, B the next 15 %, C the rest. */
const A_SHARE = 0.8;
const B_SHARE = 0.95;
/** Mean interval between demands from which a series is intermittent (Syntetos, Boylan and Croston 2005). */
const INTERMITTENT_INTERVAL = 1.32;

export const SEGMENTS = ['A smooth', 'A intermittent', 'B smooth', 'B intermittent', 'C smooth', 'C intermittent'];

/**
 * Segment of each series, an index into `SEGMENTS`, by its share of the units and by how often it sells, over the last
 * year before `origin`. Ties in volume keep the order of the series. O(series x 365).
 */
export function segmentSeries(panel: Panel, origin: number): Int32Array {
  const year = Math.round(364 / panel.periodDays);
  const volume = new Float64Array(panel.seriesCount);
  const intermittent = new Uint8Array(panel.seriesCount);
  for (let s = 0; s < panel.seriesCount; s++) {
    const demand = demandBefore(panel, origin, s, Math.max(panel.firstPeriod[s]!, origin - year));
    let known = 0;
    let sold = 0;
    for (const value of demand) {
      if (Number.isNaN(value)) continue;
      known++;
      volume[s]! += value;
      if (value > 0) sold++;
    }
    intermittent[s] = known >= INTERMITTENT_INTERVAL * sold ? 1 : 0;
  }
  const order = Array.from(volume.keys()).sort((a, b) => volume[b]! - volume[a]! || a - b);
  const total = volume.reduce((sum, v) => sum + v, 0);
  const segment = new Int32Array(panel.seriesCount);
  let before = 0;
  for (const s of order) {
    const share = total > 0 ? before / total : 1;
    const letter = share < A_SHARE ? 0 : share < B_SHARE ? 1 : 2;
    segment[s] = 2 * letter + intermittent[s]!;
    before += volume[s]!;
  }
  return segment;
}
