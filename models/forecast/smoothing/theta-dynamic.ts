import { nelderMead } from '../../numerics/nelder-mead.ts';
import { demandBefore, meanKnown, openOnly, shortSeason } from '../demand.ts';
import type { LocalForecaster } from '../forecaster.ts';
import { fillGaps } from '../gaps.ts';
import { seasonalIndices } from './theta.ts';

const PERIODS = 728;
const EVALUATIONS = 150;
const TOLERANCE = 1e-6;
/** Theta from 1 (a level alone) to twenty times that; statsforecast bounds it likewise. */
const LARGEST_THETA = 20;

interface DynamicTheta {
  level: number;
  alpha: number;
  theta: number;
}

/**
 * The recursion of the dynamic theta model: forecast of period t from a smoothed level and a line refitted at every period.
 *
 * @param out receives the means after the series; there the forecasts take the place of values
 * @returns sum of squared one-step errors from the second period on
 */
function run(y: Float64Array, { level: first, alpha, theta }: DynamicTheta, out: Float64Array): number {
  const n = y.length;
  const share = 1 - 1 / theta;
  let level = first;
  let [intercept, slope, mean, power, squares] = [0, 0, 0, 1, 0];
  for (let t = 1; t <= n + out.length; t++) {
    // power is (1 - alpha)^(t - 1)
    const forecast = level + share * (power * intercept + ((1 - power * (1 - alpha)) / alpha) * slope);
    const value = t <= n ? y[t - 1]! : forecast;
    if (t > n) out[t - n - 1] = forecast;
    else if (t > 1) squares += (value - forecast) ** 2;
    level = alpha * value + (1 - alpha) * level;
    if (t > 1) slope = ((t - 2) * slope + (6 * (value - mean)) / t) / (t + 1);
    mean = ((t - 1) * mean + value) / t;
    intercept = mean - (slope * (t + 1)) / 2;
    power *= 1 - alpha;
  }
  return squares;
}

/**
 * The dynamic optimised theta model (Fiorucci et al. 2016) on a series deseasonalised as in `thetaMeans`: first level, smoothing
 * and theta by least squares.
 *
 * @param y all known
 * @param out receives the means of the next `out.length` periods. O(150 n)
 */
export function dynamicThetaMeans(y: Float64Array, m: number, out: Float64Array): void {
  const indices = seasonalIndices(y, m);
  const flat = y.map((value, t) => value / indices[t % m]!);
  const scale = Math.max(1e-9, Math.abs(meanKnown(flat)));
  const none = new Float64Array(0);
  const at = ([level, alpha, theta]: Float64Array): DynamicTheta => ({
    level: level! * scale,
    alpha: 0.01 + 0.98 / (1 + Math.exp(-alpha!)),
    theta: 1 + (LARGEST_THETA - 1) / (1 + Math.exp(-theta!)),
  });
  const unit = scale * scale * Math.max(1, flat.length);
  const best = nelderMead(
    (x) => run(flat, at(x), none) / unit,
    [flat[0]! / scale / 2, 0, -2.8],
    0.7,
    TOLERANCE,
    EVALUATIONS,
  );
  run(flat, at(best.point), out);
  for (let h = 0; h < out.length; h++) out[h]! *= indices[(y.length + h) % m]!;
}

/** The dynamic optimised theta model with a weekly season, on the last two years. */
export const dynamicTheta: LocalForecaster = {
  name: 'dynamic_theta',
  forecast(panel, origin, horizon, series, out) {
    const start = Math.max(panel.firstPeriod[series]!, origin - PERIODS);
    const m = shortSeason(panel);
    const demand = fillGaps(demandBefore(panel, origin, series, start), m);
    if (demand.length < 2 * m + 2) out.fill(meanKnown(demand), 0, horizon);
    else dynamicThetaMeans(demand, m, out.subarray(0, horizon));
    openOnly(panel, origin, series, out);
  },
};
