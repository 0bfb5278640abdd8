import type { Panel } from '../panel.ts';
import { clusterVariance, oneStep } from './cluster-variance.ts';
import { countDesign } from './count-design.ts';
import { logPriceOf } from './cross-price.ts';
import { holdoutGain } from './holdout.ts';
import { type CountDesign, type CountFit, fitCounts } from './poisson-regression.ts';
import { type ProductRows, productRows } from './product-rows.ts';

export interface EstimateOptions {
  /** Weeks at the end that the price response is judged on. */
  holdoutWeeks: number;
  /** Least standard deviation of the log price, after everything else, that counts as movement. */
  minPriceVariation: number;
}

export interface EstimateInput {
  product: number;
  /** Other products whose prices stand in the regression; none at first. */
  crossPrices: number[];
  /** Other products to screen, one at a time. */
  screen: number[];
}

export interface CrossEstimate {
  product: number;
  estimate: number;
  standardError: number;
  degrees: number;
  priceMin: number;
  priceMax: number;
}

/**
 * `ppml`: promotions have effects of their own beside the price. `ppml_with_promotion`: the price moved only with
 * promotions, so the elasticity is that of a promotion with its price. `none`: the price did not move.
 */
export type EstimateMethod = 'ppml' | 'ppml_with_promotion' | 'none';

export interface ProductEstimate {
  product: number;
  method: EstimateMethod;
  /** Rows used: location and period, on sale, open, in stock, with a price. */
  rows: number;
  locations: number;
  /** Season blocks, the clusters of the standard error. */
  blocks: number;
  /** NaN, as its error, where the price does not tell it. */
  estimate: number;
  standardError: number;
  /** Degrees of freedom of the standard error. */
  degrees: number;
  /** Standard deviation of the log price after location, calendar and promotion are taken out. */
  priceVariation: number;
  priceMin: number;
  priceMax: number;
  /** What promotions multiply demand by beyond their price, mean over rows on promotion; NaN where not known. */
  promotionLift: number;
  holdoutGainPct: number;
  cross: CrossEstimate[];
}

/** Regressions with fewer rows or blocks say nothing that lasts. */
export const LEAST_ROWS = 30;
export const LEAST_BLOCKS = 4;

/**
 * Price elasticity of one product from its rows over locations and periods: Poisson pseudo maximum likelihood of units
 * on the log price paid, with effects of location and season block, weekday, events and kind of promotion, standard
 * errors clustered by block. Kind of task `elasticity.product`.
 *
 * @remarks three regressions without and one with `crossPrices`; O(rows of the product) each
 */
export function estimateProduct(
  { product, crossPrices, screen }: EstimateInput,
  { panel, options }: { panel: Panel; options: EstimateOptions },
): ProductEstimate {
  const given = productRows(panel, product);
  const result: ProductEstimate = {
    product,
    method: 'none',
    rows: given.count,
    locations: new Set(given.location).size,
    blocks: 0,
    estimate: Number.NaN,
    standardError: Number.NaN,
    degrees: 0,
    priceVariation: 0,
    priceMin: given.count > 0 ? given.price.reduce((a, b) => Math.min(a, b)) : Number.NaN,
    priceMax: given.count > 0 ? given.price.reduce((a, b) => Math.max(a, b)) : Number.NaN,
    promotionLift: Number.NaN,
    holdoutGainPct: Number.NaN,
    cross: [],
  };
  const plain = { ...given, promotion: new Uint8Array(given.count) };
  for (const [method, used] of [
    ['ppml', given],
    ['ppml_with_promotion', plain],
  ] as const) {
    const prices = crossPrices.map((other) => (rows: ProductRows) => logPriceOf(panel, rows, other)!);
    const { rows, design } = countDesign(panel, used, (r) => [r.price.map(Math.log), ...prices.map((p) => p(r))]);
    result.blocks = design.clusters;
    if (rows.count < LEAST_ROWS || design.clusters < LEAST_BLOCKS) return result;
    const fit = fitCounts(design);
    const { standardError, degrees, variation } = clusterVariance(design, fit, 0);
    result.priceVariation = variation;
    if (!fit.converged || !(variation >= options.minPriceVariation) || Number.isNaN(standardError)) continue;
    const holdoutGainPct = crossPrices.length > 0 ? Number.NaN : holdoutGain(panel, used, options.holdoutWeeks).gainPct;
    return {
      ...result,
      method,
      rows: rows.count,
      estimate: fit.coefficients[design.dummies]!,
      standardError,
      degrees,
      promotionLift: promotionLift(panel, rows, design, fit),
      holdoutGainPct,
      cross:
        crossPrices.length > 0
          ? crossPrices.map((other, k) => crossAt(design, fit, other, 1 + k))
          : screen.flatMap((other) => screenCross(panel, rows, design, fit, other)),
    };
  }
  return result;
}

function promotionLift({ promotionKinds }: Panel, rows: ProductRows, design: CountDesign, fit: CountFit): number {
  let sum = 0;
  let count = 0;
  for (const kind of rows.promotion) {
    const effect = kind > 0 ? fit.coefficients[design.dummies - promotionKinds.length + kind - 1]! : Number.NaN;
    if (Number.isNaN(effect)) continue;
    sum += Math.exp(effect);
    count++;
  }
  return sum / count;
}

/** A cross price that moves less than this on its own (standard deviation of its log) is not tried. */
const LEAST_CROSS_VARIATION = 0.01;

function screenCross(
  panel: Panel,
  rows: ProductRows,
  design: CountDesign,
  fit: CountFit,
  other: number,
): CrossEstimate[] {
  const price = logPriceOf(panel, rows, other);
  if (!price) return [];
  const { estimate, standardError, degrees, variation } = oneStep(design, fit, price);
  if (!(variation > LEAST_CROSS_VARIATION) || Number.isNaN(standardError)) return [];
  return [{ product: other, estimate, standardError, degrees, ...rangeOf(price) }];
}

function crossAt(design: CountDesign, fit: CountFit, product: number, column: number): CrossEstimate {
  const { standardError, degrees } = clusterVariance(design, fit, column);
  const estimate = fit.coefficients[design.dummies + column]!;
  return { product, estimate, standardError, degrees, ...rangeOf(design.dense[column]!) };
}

function rangeOf(logPrices: Float64Array): { priceMin: number; priceMax: number } {
  return {
    priceMin: Math.exp(logPrices.reduce((a, b) => Math.min(a, b))),
    priceMax: Math.exp(logPrices.reduce((a, b) => Math.max(a, b))),
  };
}
