import type { Panel } from '../../panel.ts';
import { addSums, emptySums, groupSums, type NormalSums, solveEffects } from './fit.ts';
import type { Design } from './rows.ts';

/** Rounds of re-linearising. */
const ROUNDS = 3;
/** A group is fitted from so many series at most, evenly spaced; more would not change it. */
const MAX_MEMBERS = 400;

/** Effects shared by the series of a group, and the group of each series. */
export interface SharedEffects {
  groupOf: Int32Array;
  effects: Float64Array[];
}

/** Products that are sold in several places form a group each, within their category; otherwise the category is the group. */
function groupsOf(panel: Panel): { leafOf: Int32Array; categoryOf: number[] } {
  const products = new Set(panel.productOf);
  const byProduct = products.size * 3 <= panel.seriesCount;
  const categories = [...new Set(panel.products.category)].sort();
  const categoryIndex = new Map(categories.map((name, i) => [name, i]));
  const category = (product: number): number => categoryIndex.get(panel.products.category[product]!)!;
  if (!byProduct) {
    return { leafOf: panel.productOf.map(category), categoryOf: categories.map((_, i) => i) };
  }
  return {
    leafOf: Int32Array.from(panel.productOf),
    categoryOf: panel.products.ids.map((_, product) => category(product)),
  };
}

/**
 * Effects of calendar, promotions and price, pooled over the series of a group and drawn towards the category's and those
 * towards all series'.
 */
export function fitShared(panel: Panel, design: Design): SharedEffects {
  const { leafOf, categoryOf } = groupsOf(panel);
  const p = design.effects.length;
  const members: number[][] = categoryOf.map(() => []);
  leafOf.forEach((leaf, s) => {
    members[leaf]!.push(s);
  });
  const chosen = members.map((all) => {
    const step = Math.max(1, all.length / MAX_MEMBERS);
    return Array.from({ length: Math.min(all.length, MAX_MEMBERS) }, (_, i) => all[Math.floor(i * step)]!);
  });
  let effects: Float64Array[] = categoryOf.map(() => new Float64Array(p));
  const sd = new Float64Array(categoryOf.length).fill(1.5);
  for (let round = 0; round < ROUNDS; round++) {
    const sums = chosen.map((series, leaf) => groupSums(panel, design, series, effects[leaf]!, sd[leaf]!));
    const categories = new Map<number, NormalSums>();
    const all = emptySums(p);
    sums.forEach((sum, leaf) => {
      const category = categories.get(categoryOf[leaf]!) ?? emptySums(p);
      categories.set(categoryOf[leaf]!, category);
      addSums(category, sum);
      addSums(all, sum);
      if (sum.count > 0) sd[leaf] = Math.max(0.05, Math.sqrt(sum.squares / sum.count));
    });
    const top = solveEffects(all, design.effects);
    const middle = new Map([...categories].map(([key, sum]) => [key, solveEffects(sum, design.effects, top)]));
    effects = sums.map((sum, leaf) => {
      const parent = middle.get(categoryOf[leaf]!)!;
      return categories.size === categoryOf.length ? parent : solveEffects(sum, design.effects, parent);
    });
  }
  return { groupOf: leafOf, effects };
}
