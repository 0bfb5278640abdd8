import highsModule from 'highs';
import type { ExactSolver } from './allocate.ts';
import { choiceOf, mipText } from './mip-text.ts';

// the package's types describe its CommonJS form, whose default export is one level deeper than the module's
const loadHighs = highsModule as unknown as typeof highsModule.default;

/** How long the solver may search, counted in nodes so that no clock decides, and how close to the optimum it stops. */
export interface SearchEffort {
  nodes: number;
  gap: number;
}

/** Enough for nearly every part that is small enough to be asked for; the others keep what was found without. */
const USUAL: SearchEffort = { nodes: 400, gap: 1e-4 };

/**
 * The exact solver: HiGHS (Huangfu and Hall 2018) compiled to WASM. It answers only where the optimum is proven to the gap;
 * a model that it could not read gives `Empty` and counts as no answer. After an internal failure it is not asked again.
 */
export async function highsSolver({ nodes, gap }: SearchEffort = USUAL): Promise<ExactSolver> {
  const highs = await loadHighs();
  let failed = false;
  return (lines, limits) => {
    if (failed) return undefined;
    const model = mipText(lines, limits);
    try {
      const { Status, Columns } = highs.solve(model, {
        output_flag: false,
        mip_max_nodes: nodes,
        mip_rel_gap: gap,
      });
      if (Status !== 'Optimal') return undefined;
      return choiceOf(lines, (name) => (Columns[name] as { Primal?: number } | undefined)?.Primal);
    } catch {
      failed = true;
      return undefined;
    }
  };
}
