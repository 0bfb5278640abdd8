import type { Panel } from '../../panel.ts';
import { type Feature, fromPlan, logRatio } from './feature.ts';
import type { Vantage } from './vantage.ts';

function meanPrice(at: Vantage, from: number, to: number): number {
  let sum = 0;
  let count = 0;
  for (let t = Math.max(0, from); t < to; t++) {
    const price = at.price(t);
    if (!(price > 0)) continue;
    sum += price;
    count++;
  }
  return sum / count;
}

const plan = (name: string, unit: string, scope: Feature['scope'], value: Feature['value']): Feature =>
  fromPlan({ name, unit, source: 'prices', scope, value });

/** Price of the target beside what the product and its category cost before. None without prices in the panel. */
export function priceFeatures(panel: Panel): Feature[] {
  if (panel.price.length === 0) return [];
  const categoryMean = categoryPrices(panel);
  const categoryOf = indexOf(panel.products.category);
  const width = panel.periods + panel.horizon;
  const ratio = (name: string, unit: string, base: (at: Vantage) => number): Feature =>
    plan(name, unit, 'target', (at) => logRatio(at.price(at.target), base(at)));
  return [
    plan('price', 'log of money', 'target', (at) => Math.log(at.price(at.target))),
    ratio('price_to_month', 'log ratio to the last 28 days', (at) =>
      meanPrice(at, at.origin - at.spanOf(28), at.origin),
    ),
    ratio('price_to_half_year', 'log ratio to the last 182 days', (at) =>
      meanPrice(at, at.origin - at.spanOf(182), at.origin),
    ),
    ratio('price_change', 'log ratio to 7 days before', (at) => at.price(at.target - at.spanOf(7))),
    ratio(
      'price_to_category',
      'log ratio to the mean of the category',
      (at) => categoryMean[categoryOf[panel.productOf[at.series]!]! * width + at.target]!,
    ),
    plan('periods_since_price_change', 'periods', 'target', (at) => {
      const now = at.price(at.target);
      let length = 0;
      while (length < 91 && at.price(at.target - length - 1) === now) length++;
      return length;
    }),
  ];
}

function indexOf(names: readonly string[]): Int32Array {
  const index = new Map([...new Set(names)].map((name, i) => [name, i]));
  return Int32Array.from(names, (name) => index.get(name)!);
}

/** Mean price of each category in each period, [category][width]. */
function categoryPrices(panel: Panel): Float32Array {
  const width = panel.periods + panel.horizon;
  const categoryOf = indexOf(panel.products.category);
  const size = (categoryOf.reduce((most, c) => Math.max(most, c), -1) + 1) * width;
  const sum = new Float64Array(size);
  const count = new Float64Array(size);
  for (let s = 0; s < panel.seriesCount; s++) {
    const row = categoryOf[panel.productOf[s]!]! * width;
    for (let t = 0; t < width; t++) {
      const price = panel.price[s * width + t]!;
      if (!(price > 0)) continue;
      sum[row + t]! += price;
      count[row + t]! += 1;
    }
  }
  return Float32Array.from(sum, (value, i) => value / count[i]!);
}
