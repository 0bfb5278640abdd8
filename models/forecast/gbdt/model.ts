import type { GbdtFeature } from './features.ts';
import type { GbdtLoss } from './loss.ts';
import type { GbdtTree } from './tree.ts';

/** Trained trees. The raw score of a row is `initial` plus one leaf of each tree. */
export interface GbdtModel {
  loss: GbdtLoss;
  features: GbdtFeature[];
  initial: number;
  trees: GbdtTree[];
  /** Mean loss of the validation rows after each tree that was grown; empty without early stopping. */
  validationLoss: number[];
}

/** Sum of the loss reduction of the splits on each feature, by the model's order of features. O(nodes). */
export function gainImportance(model: GbdtModel): { name: string; gain: number; splits: number }[] {
  const found = model.features.map(({ name }) => ({ name, gain: 0, splits: 0 }));
  for (const tree of model.trees)
    tree.column.forEach((column, node) => {
      found[column]!.gain += tree.gain[node]!;
      found[column]!.splits++;
    });
  return found;
}
