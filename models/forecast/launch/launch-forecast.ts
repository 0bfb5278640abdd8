import { weekdayOf } from '../../../data/day.ts';
import type { Panel } from '../../panel.ts';
import { demandBefore, openOnly } from '../demand.ts';
import { CURVE_WEEKS, type Donor, priceNear, weekOfAge } from './donors.ts';

/**
 * What a donor counts for beside one that shares nothing, by what it shares with the new series: set so that two donors of the
 * category outweigh a panel of others, and the same product elsewhere outweighs its category.
 */
const SAME_PRODUCT = 20;
const SAME_CATEGORY = 30;
const SAME_DEPARTMENT = 2;
const SAME_LOCATION = 4;
const SAME_REGION = 1.5;
/** Difference of log prices at which likeness falls to 0.6 (one standard deviation of a normal). */
const PRICE_WIDTH = 0.4;
/** Squared coefficient of variation of a launch about its curve, where too few donors tell; units it is drawn with. */
const USUAL_VARIATION = 0.6;
const VARIATION_DONORS = 4;
/** Variance over mean of daily demand: a sold unit tells this much less about the level than in a Poisson stream. */
const DISPERSION = 2;

export interface LaunchForecast {
  /** [horizon], units per period. */
  mean: Float64Array;
  /** Factor by which the own first sales moved the curve of similar launches; 1 without any. */
  ownFactor: number;
  /** Number of donors as if all counted alike (Kish). */
  donors: number;
}

/** How much a donor counts for a new series: by product, category, department, location, region and price. */
export function likeness(panel: Panel, series: number, donor: Donor, price: number): number {
  const { products, locations, productOf, locationOf } = panel;
  const [p, q] = [productOf[series]!, productOf[donor.series]!];
  const [a, b] = [locationOf[series]!, locationOf[donor.series]!];
  let weight = 1;
  if (p === q) weight *= SAME_PRODUCT;
  if (products.category[p] === products.category[q]) weight *= SAME_CATEGORY;
  if (products.department[p] === products.department[q]) weight *= SAME_DEPARTMENT;
  if (a === b) weight *= SAME_LOCATION;
  if (locations.region[a] === locations.region[b]) weight *= SAME_REGION;
  if (price > 0 && donor.price > 0) weight *= Math.exp(-0.5 * (Math.log(price / donor.price) / PRICE_WIDTH) ** 2);
  return weight;
}

/**
 * Forecasts a new series: the mean demand by age of launches like it, moved by its own first sales as these come in. The level is
 * taken to be gamma about the curve, so the factor is (prior + sold) / (prior + expected), with a prior that is stronger
 * where similar launches went alike (Bayesian updating of new-product forecasts; Fildes and Kourentzes 2019).
 *
 * @param donors from `findDonors` at the same origin
 * @param origin first period to forecast; a series that starts later is zero until then where its first period is known
 * @returns zero where there are no donors. O(donors x CURVE_WEEKS + horizon)
 */
export function launchForecast(
  panel: Panel,
  origin: number,
  horizon: number,
  series: number,
  donors: readonly Donor[],
): LaunchForecast {
  const own = donors.filter((donor) => donor.series !== series);
  const price = priceNear(panel, series, Math.min(origin, panel.firstPeriod[series]!));
  const weights = own.map((donor) => likeness(panel, series, donor, price));
  const curve = meanCurve(own, weights);
  const mean = new Float64Array(horizon);
  const start = Math.min(origin, panel.firstPeriod[series]!);
  const weekday = weekdayFactors(panel, origin, own, weights);
  const demand = demandBefore(panel, origin, series);
  let sold = 0;
  let expected = 0;
  demand.forEach((value, i) => {
    if (Number.isNaN(value)) return;
    sold += value;
    expected += curve[weekOfAge(panel, i)]! * weekday(start + i);
  });
  const average = curve.reduce((sum, value) => sum + value, 0) / CURVE_WEEKS;
  const prior = DISPERSION / variation(own, weights, curve);
  const ownFactor = average > 0 ? (prior + sold) / (prior + expected) : 1;
  for (let h = 0; h < horizon; h++) {
    mean[h] = ownFactor * curve[weekOfAge(panel, origin + h - start)]! * weekday(origin + h);
  }
  openOnly(panel, origin, series, mean);
  const total = weights.reduce((sum, w) => sum + w, 0);
  const squares = weights.reduce((sum, w) => sum + w * w, 0);
  return { mean, ownFactor, donors: squares > 0 ? (total * total) / squares : 0 };
}

/**
 * Demand per period by week of age. Each step from one week to the next is taken over donors seen in both, so that donors seen for
 * fewer weeks do not bend the curve by dropping out.
 */
function meanCurve(donors: readonly Donor[], weights: readonly number[]): Float64Array {
  const curve = new Float64Array(CURVE_WEEKS);
  const rate = ({ units, known }: Donor, week: number): number => units[week]! / known[week]!;
  let sum = 0;
  let weight = 0;
  donors.forEach((donor, i) => {
    if (!(donor.known[0]! > 0)) return;
    sum += weights[i]! * rate(donor, 0);
    weight += weights[i]!;
  });
  curve[0] = weight > 0 ? sum / weight : 0;
  for (let week = 1; week < CURVE_WEEKS; week++) {
    let before = 0;
    let after = 0;
    donors.forEach((donor, i) => {
      if (!(donor.known[week]! > 0 && donor.known[week - 1]! > 0)) return;
      before += weights[i]! * rate(donor, week - 1);
      after += weights[i]! * rate(donor, week);
    });
    curve[week] = before > 0 ? (curve[week - 1]! * after) / before : curve[week - 1]!;
  }
  return curve;
}

/** Squared coefficient of variation of the donors' totals about the curve. */
function variation(donors: readonly Donor[], weights: readonly number[], curve: Float64Array): number {
  let squares = 0;
  let weight = 0;
  let largest = 0;
  donors.forEach(({ units, known }, i) => {
    let expected = 0;
    let sold = 0;
    for (let week = 0; week < CURVE_WEEKS; week++) {
      expected += known[week]! * curve[week]!;
      sold += units[week]!;
    }
    if (!(expected > 0)) return;
    squares += weights[i]! * Math.min(9, (sold / expected - 1) ** 2);
    weight += weights[i]!;
    largest = Math.max(largest, weights[i]!);
  });
  const prior = VARIATION_DONORS * Math.max(largest, 1e-9);
  return Math.max(0.02, (squares + prior * USUAL_VARIATION) / (weight + prior));
}

/** Weekday factors of the donors' demand before the origin, mean 1; always 1 in weekly panels. */
function weekdayFactors(
  panel: Panel,
  origin: number,
  donors: readonly Donor[],
  weights: readonly number[],
): (t: number) => number {
  if (panel.frequency === 'weekly') return () => 1;
  const sums = new Float64Array(7);
  const counts = new Float64Array(7);
  donors.forEach(({ series }, i) => {
    const demand = demandBefore(panel, origin, series, Math.max(panel.firstPeriod[series]!, origin - 84));
    demand.forEach((value, j) => {
      if (Number.isNaN(value)) return;
      const day = weekdayOf(panel.startDay + origin - demand.length + j);
      sums[day]! += weights[i]! * value;
      counts[day]! += weights[i]!;
    });
  });
  const rates = sums.map((sum, day) => (counts[day]! > 0 ? sum / counts[day]! : 0));
  const mean = rates.reduce((sum, rate) => sum + rate, 0) / 7;
  return (t) => (mean > 0 ? rates[weekdayOf(panel.startDay + t)]! / mean : 1);
}
