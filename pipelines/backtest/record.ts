import { isoDateOf } from '../../data/day.ts';
import type { AccuracyRow } from '../../models/forecast/accuracy-report.ts';
import type { BacktestCells } from '../../models/forecast/compare/compare-backtests.ts';
import { bucketSizeOf } from '../../models/forecast/judgement.ts';
import { OVERRIDE } from '../../models/forecast/overrides/override.ts';
import type { ForecastPlan, Refit } from '../../models/forecast/plan.ts';
import { type Reach, reachOf } from '../../models/forecast/reach.ts';
import { SEGMENTS } from '../../models/forecast/segments.ts';
import type { Panel } from '../../models/panel.ts';
import type { Assessment } from '../forecast/assess.ts';
import type { ModelPrice } from '../forecast/model-prices.ts';

/** Measures of one slice, as `mart_forecast_accuracy` has them. `all` or null means not narrowed down. */
export interface AccuracyLine {
  level: string;
  segment: string;
  model: string;
  /** First day forecast. */
  cutoff: string | null;
  /** Periods ahead, counted from 1. */
  horizon: string;
  n: number;
  wape: number | null;
  rmspe: number | null;
  rmsse: number | null;
  mase: number | null;
  bias: number | null;
  pinball: number | null;
  coverage_80: number | null;
  coverage_95: number | null;
  skill: number | null;
}

/** What a backtest found. */
export interface BacktestFindings {
  frequency: 'daily' | 'weekly';
  horizon: number;
  gap: number;
  refit: Refit;
  /** First days forecast. */
  cutoffs: string[];
  series: number;
  accuracy: AccuracyLine[];
  reach: Reach[];
  models: ModelPrice[];
}

/** Periods that sums are judged over, beside one period and the whole horizon: a week, or four. */
const WINDOW = { daily: 7, weekly: 4 } as const;

/** All that is kept of a backtest: its findings, and the cells that another one can be compared by. */
export function describeBacktest(
  panel: Panel,
  plan: ForecastPlan,
  assessment: Assessment,
  models: ModelPrice[],
): { findings: BacktestFindings; cells: BacktestCells } {
  const gap = plan.horizon - panel.horizon;
  const dayOfPeriod = (period: number): number => panel.startDay + period * panel.periodDays;
  const lengths = [...new Set([1, Math.min(WINDOW[panel.frequency], panel.horizon), panel.horizon])];
  const reach = [
    ...assessment.levels.map(({ level, judgement }) => ({
      level: level.level as string,
      backtest: judgement.backtest,
    })),
    { level: 'series', backtest: assessment.champion },
  ].flatMap(({ level, backtest }) => reachOf(level, backtest, gap, lengths));
  const findings = {
    frequency: panel.frequency,
    horizon: panel.horizon,
    gap,
    refit: plan.refit,
    cutoffs: plan.cutoffs.map((cutoff) => isoDateOf(dayOfPeriod(cutoff))),
    series: panel.seriesCount,
    accuracy: accuracyLines(panel, plan, assessment.rows, gap),
    reach,
    models,
  };
  const { actual, forecast } = assessment.champion;
  const judged = (values: Float32Array): Float32Array =>
    gap === 0 ? values : values.filter((_, i) => i % plan.horizon >= gap);
  const cells = {
    series: Array.from({ length: panel.seriesCount }, (_, s) => seriesName(panel, s)),
    levels: assessment.levels.map(({ level }) => ({
      level: level.level as string,
      nodeOf: Array.from(level.nodeOf, (node) => level.labels[node]!),
    })),
    segmentOf: Array.from(plan.segmentOf, (segment) => SEGMENTS[segment]!),
    cutoffs: plan.cutoffs.map((cutoff) => dayOfPeriod(cutoff + gap)),
    periodDays: panel.periodDays,
    horizon: panel.horizon,
    actual: judged(actual),
    forecast: judged(forecast),
  };
  return { findings, cells };
}

function seriesName({ products, locations, productOf, locationOf }: Panel, s: number): string {
  return `${products.ids[productOf[s]!]}@${locations.ids[locationOf[s]!]}`;
}

/**
 * The rows about all series or nodes of a level; those of single ones are in `mart_forecast_accuracy`. What planners made of the
 * forecast is left out: it has a mart of its own, and a backtest alone does not know it.
 */
function accuracyLines(panel: Panel, plan: ForecastPlan, rows: readonly AccuracyRow[], gap: number): AccuracyLine[] {
  const size = bucketSizeOf(panel);
  const bucketName = (bucket: number): string =>
    `${Math.max(gap, bucket * size) + 1}-${Math.min(plan.horizon, (bucket + 1) * size)}`;
  const known = (value: number): number | null => (Number.isFinite(value) ? value : null);
  return rows
    .filter(({ node, model }) => node === undefined && model !== OVERRIDE)
    .map(({ level, segment, model, cutoff, bucket, accuracy, skill }) => ({
      level,
      segment: segment ?? 'all',
      model,
      cutoff: cutoff === undefined ? null : isoDateOf(panel.startDay + plan.cutoffs[cutoff]! * panel.periodDays),
      horizon: bucket === undefined ? 'all' : bucketName(bucket),
      n: accuracy.n,
      wape: known(accuracy.wape),
      rmspe: known(accuracy.rmspe),
      rmsse: known(accuracy.rmsse),
      mase: known(accuracy.mase),
      bias: known(accuracy.bias),
      pinball: known(accuracy.pinball),
      coverage_80: known(accuracy.coverage80),
      coverage_95: known(accuracy.coverage95),
      skill: known(skill),
    }));
}
