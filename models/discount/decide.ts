import { type DemandForecast, demandScales, demandWithin, extendForecast } from './demand-scenarios.ts';
import {
  bestDepth,
  boundsOf,
  durationOf,
  type ElasticityRange,
  expectedOutcome,
  type Guardrail,
  type Markdown,
} from './depth-search.ts';
import type { StockCase } from './stock-path.ts';

/** Terms of the decision, from the config; days and per cents as there. */
export interface DiscountTerms {
  maxDaysOfCover: number;
  marginFloor: number;
  minDiscountPct: number;
  maxDiscountPct: number;
  stepPct: number;
  defaultDiscountPct: number;
  durationDays: number;
  sellThroughDays: number;
  salvagePct: number;
  holdingCostPctPerYear: number;
  assumedMarginPct: number;
}

/** One product and location with stock; NaN where something is not known. */
export interface DiscountCandidate {
  periodDays: number;
  onHand: number;
  /** Units arriving per period from the as-of day on; what is overdue is in the first. */
  arrivals: Float64Array;
  forecast: DemandForecast & { highest: ArrayLike<number> };
  /** Planned price per period of the forecast and regular price. */
  price: ArrayLike<number>;
  regularPrice: number;
  unitCost: number;
  shelfLifeDays: number;
  holdingCostPerDay: number;
  /** NaN means none was estimated. */
  elasticity: ElasticityRange;
  advisesPrice: boolean;
  lowestPriceSeen: number;
}

export type DiscountReason = 'OVER_COVER' | 'OVER_SHELF_LIFE' | 'DEFAULT_OVER_COVER' | 'DEFAULT_OVER_SHELF_LIFE';
/** Why no markdown is advised; only counted. */
export type NoDiscount = 'NOT_OVERSTOCKED' | 'NO_PRICE' | 'DOES_NOT_PAY' | 'NOT_CERTAIN' | 'MARGIN_FLOOR';

export interface DiscountAdvice extends Markdown {
  reason: DiscountReason;
  /** Days that the stock lasts at the expected demand; NaN where none is expected. */
  daysOfCover: number;
  /** Days within which the stock should be sold. */
  limitDays: number;
  surplusUnits: number;
  gain: number;
  unitsLo: number;
  unitsHi: number;
  marginLo: number;
  marginHi: number;
  stockAfterLo: number;
  stockAfterHi: number;
  gainLo: number;
  gainHi: number;
}

/**
 * Own-price elasticities across studies and categories: mean -2.62, standard deviation 2.21 (Bijmolt, van Heerde and
 * Pieters 2005). Used only to value a default markdown of a product whose elasticity is not known at all.
 */
const USUAL_ELASTICITY: ElasticityRange = { mean: -2.62, lo: -6.25, hi: 0, deviation: 2.21 };

const DAYS_PER_YEAR = 365;

/**
 * Decides on a markdown of one product and location. Stock is too much where it will outlast its expected demand for
 * longer than the limit of days of cover or its shelf life. With an elasticity that gives advice the depth is searched;
 * without one the default depth is taken, but only where even the 0.95 quantile of demand leaves a surplus.
 */
export function decideDiscount(given: DiscountCandidate, terms: DiscountTerms): DiscountAdvice | NoDiscount {
  const { periodDays, forecast } = given;
  const isShelfLife = given.shelfLifeDays < terms.maxDaysOfCover;
  const limitDays = isShelfLife ? given.shelfLifeDays : terms.maxDaysOfCover;
  const limit = limitDays / periodDays;
  const inbound = given.arrivals.reduce((sum, units, t) => sum + (t < limit ? units : 0), 0);
  const stock = Math.max(0, given.onHand) + inbound;
  const expected = demandWithin(forecast.mean, limit);
  if (!(stock > expected)) return 'NOT_OVERSTOCKED';
  if (!(given.regularPrice > 0)) return 'NO_PRICE';

  const stockCase = stockCaseOf(given, terms);
  const scales = demandScales(forecast, stockCase.demand.length);
  const dailyRate = stockCase.laterDemand / periodDays;
  const facts = {
    daysOfCover: dailyRate > 0 ? stock / dailyRate : Number.NaN,
    limitDays,
    surplusUnits: stock - expected,
  };
  const lowestForMargin = stockCase.unitCost / (1 - terms.marginFloor);
  const targetStock = stockCase.laterDemand * limit;
  const assumed: Guardrail[] = Number.isNaN(given.unitCost) ? ['COST_ASSUMED'] : [];
  const finish = (markdown: Markdown, elasticity: ElasticityRange, reason: DiscountReason): DiscountAdvice => {
    const { lo, hi, gainLo, gainHi } = boundsOf(stockCase, markdown, elasticity, scales);
    return {
      ...facts,
      ...markdown,
      guardrails: [...markdown.guardrails, ...assumed],
      reason,
      gain: markdown.margin - markdown.marginWithout,
      unitsLo: lo.units,
      unitsHi: hi.units,
      marginLo: lo.margin,
      marginHi: hi.margin,
      stockAfterLo: lo.stockAfter,
      stockAfterHi: hi.stockAfter,
      gainLo,
      gainHi,
    };
  };

  if (given.advisesPrice && dailyRate > 0) {
    const depths = depthsOf(terms);
    const limits = { depths, lowestForMargin, lowestSeen: given.lowestPriceSeen, targetStock };
    const best = bestDepth(stockCase, limits, given.elasticity, scales);
    return best ? finish(best, given.elasticity, isShelfLife ? 'OVER_SHELF_LIFE' : 'OVER_COVER') : 'DOES_NOT_PAY';
  }
  if (!(stock > demandWithin(forecast.highest, limit))) return 'NOT_CERTAIN';
  const wanted = terms.defaultDiscountPct / 100;
  const depth = [
    wanted,
    ...depthsOf(terms)
      .filter((d) => d < wanted)
      .reverse(),
  ].find((d) => given.regularPrice * (1 - d) >= lowestForMargin - 1e-9);
  if (depth === undefined) return 'MARGIN_FLOOR';
  const elasticity = Number.isFinite(given.elasticity.mean) ? given.elasticity : USUAL_ELASTICITY;
  const duration = durationOf(stockCase, depth, elasticity.mean, targetStock);
  const markdown: Markdown = {
    ...expectedOutcome(stockCase, depth, duration, elasticity, scales),
    marginWithout: expectedOutcome(stockCase, 0, 0, elasticity, scales).margin,
    guardrails: depth < wanted ? ['MARGIN_FLOOR'] : [],
  };
  return finish(markdown, elasticity, isShelfLife ? 'DEFAULT_OVER_SHELF_LIFE' : 'DEFAULT_OVER_COVER');
}

function depthsOf({ minDiscountPct, maxDiscountPct, stepPct }: DiscountTerms): number[] {
  const steps = Math.floor((maxDiscountPct - minDiscountPct) / stepPct + 1e-9);
  return Array.from({ length: steps + 1 }, (_, k) => (minDiscountPct + k * stepPct) / 100);
}

/** Fills in what is not known: cost from the assumed margin, holding cost from the yearly rate, prices held as they are. */
function stockCaseOf(given: DiscountCandidate, terms: DiscountTerms): StockCase {
  const { periodDays, forecast, regularPrice } = given;
  const window = Math.max(1, Math.round(terms.durationDays / periodDays));
  const unitCost = given.unitCost >= 0 ? given.unitCost : regularPrice * (1 - terms.assumedMarginPct / 100);
  const perDay =
    given.holdingCostPerDay >= 0
      ? given.holdingCostPerDay
      : (unitCost * terms.holdingCostPctPerYear) / 100 / DAYS_PER_YEAR;
  const deadlineDays = Math.min(terms.sellThroughDays, given.shelfLifeDays >= 0 ? given.shelfLifeDays : Infinity);
  const rate = forecast.mean.length > 0 ? demandWithin(forecast.mean, forecast.mean.length) / forecast.mean.length : 0;
  return {
    stock: Math.max(0, given.onHand),
    arrivals: Float64Array.from({ length: window }, (_, t) => given.arrivals[t] ?? 0),
    demand: extendForecast(forecast.mean, window),
    laterDemand: rate,
    price: Float64Array.from({ length: window }, (_, t) => (given.price[t]! > 0 ? given.price[t]! : regularPrice)),
    regularPrice,
    unitCost,
    holdingCost: perDay * periodDays,
    salvageValue: (unitCost * terms.salvagePct) / 100,
    deadline: Math.max(1, Math.floor(deadlineDays / periodDays)),
  };
}
