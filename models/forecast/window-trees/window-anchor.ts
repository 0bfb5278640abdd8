import { anchorsOf } from '../boosted-trees/anchors.ts';
import type { Vantage } from '../features/vantage.ts';
import { forecastWeeklySeason } from './weekly-season.ts';

/**
 * Expected units of every period ahead, as seen from where the vantage stands: what the ratio 1 stands for.
 *
 * @param out receives one value per period from the origin on
 */
export type WindowAnchor = (at: Vantage, out: Float64Array) => void;

/**
 * The anchor of a panel: level times season of the department in weekly data, for a tree cannot tell a season it has seen once;
 * in daily data level times weekday, events and promotion.
 *
 * O(series x periods) for each new origin of weekly data, O(1) per period otherwise.
 */
export function windowAnchor(horizon: number): WindowAnchor {
  let origin = -1;
  let season: Float32Array = new Float32Array(0);
  return (at, out) => {
    if (at.panel.frequency === 'daily') {
      for (let h = 0; h < out.length; h++) {
        at.target = at.origin + h;
        out[h] = at.isClosed(at.target) ? 0 : anchorsOf(at).level_effects;
      }
      return;
    }
    if (at.origin !== origin) {
      origin = at.origin;
      season = forecastWeeklySeason({ origins: [origin], horizon }, at)[0]!.mean;
    }
    for (let h = 0; h < out.length; h++) out[h] = season[at.series * horizon + h]!;
  };
}
