import type { Config } from '../../data/contract/config.ts';
import { type BoostedTreesBudget, QUICK_BUDGET } from '../../models/forecast/boosted-trees/budget.ts';

/** Which of the models take part, how much they learn from, and how often those over all series are trained. */
export interface Effort {
  engine: Config['forecast']['engine'];
  boostedTrees: boolean;
  /** Sizes of the boosted trees, where not the usual ones. */
  treesBudget?: Partial<BoostedTreesBudget>;
  recursiveTrees: boolean;
  windowTrees: boolean;
  /** Whether the slow models of single series take part where there are few of these. */
  slowLocals: boolean;
  /** Whether models over all series are trained for each cutoff where the panel is not large. */
  eachCutoff: boolean;
}

/** What a config's `effort` leaves of the models that it lets take part. */
export function effortOf({ effort, engine, boostedTrees, windowTrees }: Config['forecast']): Effort {
  const isFull = effort === 'full';
  return {
    engine: isFull ? engine : 'none',
    boostedTrees,
    treesBudget: isFull ? undefined : QUICK_BUDGET,
    recursiveTrees: boostedTrees && isFull,
    windowTrees: windowTrees && isFull,
    slowLocals: isFull,
    eachCutoff: isFull,
  };
}
