import type { Config } from '../../data/contract/config.ts';

/** Which of the models that learn from all series take part, and how often they are trained. */
export interface Effort {
  engine: Config['forecast']['engine'];
  boostedTrees: boolean;
  recursiveTrees: boolean;
  windowTrees: boolean;
  /** Whether they are trained for each cutoff where the panel is not large. */
  eachCutoff: boolean;
}

/** What a config's `effort` leaves of the models that it lets take part. */
export function effortOf({ effort, engine, boostedTrees, windowTrees }: Config['forecast']): Effort {
  const isFull = effort === 'full';
  return {
    engine: isFull ? engine : 'none',
    boostedTrees,
    recursiveTrees: boostedTrees && isFull,
    windowTrees: windowTrees && isFull,
    eachCutoff: isFull,
  };
}
