import { wholeUnits } from '../../models/forecast/backtest/judgement.ts';
import type { JudgedCutoff } from '../../models/forecast/paths/path-quantiles.ts';
import type { ForecastPlan } from '../../models/forecast/plan.ts';
import { QUANTILE_LEVELS } from '../../models/forecast/uncertainty/conformal.ts';
import { blendWindows, type JudgedWindows, judgeBlend } from '../../models/forecast/window-trees/blend-windows.ts';
import type { WindowQuantiles, WindowTreesRequest } from '../../models/forecast/window-trees/forecast-window-trees.ts';
import type { Panel } from '../../models/panel.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { effortOf } from './effort.ts';
import type { ForecastContext } from './forecast-models.ts';

/** Probabilities that past windows are judged at. */
export const JUDGED_LEVELS: readonly number[] = [0.5, 0.75, 0.9];
/** Those that are published; the outermost pair of `QUANTILE_LEVELS` serves the accuracy report only. */
const PUBLISHED_LEVELS = QUANTILE_LEVELS.slice(1, -1);
/** What restock reads. */
const WINDOW_QUANTILES = { q50: 0.5, q75: 0.75, q90: 0.9, q95: 0.95 } as const;
/** Series times horizon beyond which windows are left to the sample paths, for time. */
const MOST_CELLS = 60_000;

/** Quantiles of the windows of all series by boosted trees. */
export interface WindowForecasts {
  /** Of each cutoff, at `JUDGED_LEVELS`, and of the origin that is published, at all levels: [series][horizon][level]. */
  judged: Float32Array[];
  published: Float32Array;
}

/**
 * Forecasts the sums of windows directly, on the worker threads: once on what lies before the first cutoff, to be judged, and
 * once on all history. Nothing without a cutoff to be judged at, or where the panel is large.
 */
export async function forecastWindows(
  { config, seed, executor }: ForecastContext,
  panel: Panel,
  { cutoffs, horizon, fade, origins }: ForecastPlan,
): Promise<WindowForecasts | undefined> {
  if (!effortOf(config.forecast).windowTrees || cutoffs.length === 0 || panel.seriesCount * horizon > MOST_CELLS)
    return undefined;
  const task = (from: number[], levels: readonly number[]) => ({
    kind: 'forecast-window-trees' as const,
    key: `window trees ${from.join(' ')}`,
    input: { origins: from, horizon, levels: [...levels], seed } satisfies WindowTreesRequest,
  });
  const tasks = [task([panel.periods], PUBLISHED_LEVELS), task(cutoffs, JUDGED_LEVELS)];
  const [published, judged] = await executor.map<WindowQuantiles[]>(tasks, { panel });
  const made = [...judged!, ...published!].map(({ quantiles }, k) => {
    const perSeries = quantiles.length / panel.seriesCount;
    return quantiles.map((value, i) => value * fade[Math.floor(i / perSeries) * origins.length + k]!);
  });
  return { judged: made.slice(0, -1), published: made.at(-1)! };
}

/** What past windows of the series were foretold by either way, and what came. */
function judgedWindows(
  { judged }: WindowForecasts,
  paths: readonly JudgedCutoff[],
  champion: { actual: Float32Array; forecast: Float32Array },
  horizon: number,
): JudgedWindows[] {
  const cutoffs = paths.length;
  return paths.map(({ windows }, k) => {
    const cells = windows.length / JUDGED_LEVELS.length;
    const actual = new Float64Array(cells);
    const mean = new Float64Array(cells);
    for (let i = 0; i < cells; i++) {
      const h = i % horizon;
      const at = (Math.floor(i / horizon) * cutoffs + k) * horizon + h;
      actual[i] = champion.actual[at]! + (h > 0 ? actual[i - 1]! : 0);
      mean[i] = champion.forecast[at]! + (h > 0 ? mean[i - 1]! : 0);
    }
    return { paths: windows, trees: judged[k]!, actual, mean };
  });
}

/** What the windows that are published take part of the trees from. */
interface BlendInputs {
  panel: Panel;
  plan: ForecastPlan;
  /** The published champions' backtest and the paths of its cutoffs. */
  champion: { actual: Float32Array; forecast: Float32Array };
  judged: readonly JudgedCutoff[];
  /** [series][horizon]. */
  mean: Float64Array;
  isOverridden: Uint8Array | undefined;
}

/** Series and periods whose windows are in part the trees', and their share. */
export interface BlendedWindows {
  /** Per series, 0 where the paths alone are published. */
  shareOf: Float64Array;
  trees: WindowForecasts | undefined;
}

/**
 * Mixes the trees' quantiles into those of the windows of the series, [series][horizon][level], in place. Series that are new, no
 * longer sold or forecast by a planner keep the paths.
 */
export function blendForecastWindows(
  windows: Float32Array,
  trees: WindowForecasts | undefined,
  { panel, plan, champion, judged, mean, isOverridden }: BlendInputs,
): BlendedWindows {
  const { horizon, fallback } = plan;
  const { share, width } = judgeBlend(trees ? judgedWindows(trees, judged, champion, horizon) : [], JUDGED_LEVELS);
  const levels = PUBLISHED_LEVELS.length;
  const shareOf = Float64Array.from(fallback, (code, s) => {
    const isModelled = (code === '' || code === 'ENDING') && !isOverridden?.[s] && mean[s * horizon]! > 0;
    return trees && isModelled && !Number.isNaN(trees.published[s * horizon * levels]!) ? share : 0;
  });
  blendWindows(
    { levels: QUANTILE_LEVELS, quantiles: windows },
    { levels: PUBLISHED_LEVELS, quantiles: trees?.published ?? new Float32Array(0) },
    horizon,
    shareOf,
    width,
    wholeUnits(panel),
  );
  return { shareOf, trees };
}

/** Leaves the trees' own quantiles and their share as `out_window_trees`, for restock. */
export async function writeWindowTrees(
  warehouse: Warehouse,
  { shareOf, trees }: BlendedWindows,
  horizon: number,
): Promise<void> {
  const levels = PUBLISHED_LEVELS.length;
  const quantiles = trees?.published ?? new Float32Array(0);
  const cells = Int32Array.from(shareOf.keys())
    .filter((s) => shareOf[s]! > 0)
    .reduce<number[]>((all, s) => {
      for (let h = 0; h < horizon; h++) all.push(s * horizon + h);
      return all;
    }, []);
  const column = (p: number): Float32Array =>
    Float32Array.from(cells, (cell) => quantiles[cell * levels + PUBLISHED_LEVELS.indexOf(p as 0.5)]!);
  await warehouse.write(
    'out_window_trees',
    { series_idx: 'i32', periods: 'i32', share: 'f32', q50: 'f32', q75: 'f32', q90: 'f32', q95: 'f32' },
    {
      series_idx: Int32Array.from(cells, (cell) => Math.floor(cell / horizon)),
      periods: Int32Array.from(cells, (cell) => (cell % horizon) + 1),
      share: Float32Array.from(cells, (cell) => shareOf[Math.floor(cell / horizon)]!),
      q50: column(WINDOW_QUANTILES.q50),
      q75: column(WINDOW_QUANTILES.q75),
      q90: column(WINDOW_QUANTILES.q90),
      q95: column(WINDOW_QUANTILES.q95),
    },
  );
}
