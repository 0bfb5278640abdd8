import { isoDateOf } from '../../data/day.ts';
import type { AccuracyRow } from '../../models/forecast/backtest/accuracy-report.ts';
import { bucketSizeOf } from '../../models/forecast/backtest/judgement.ts';
import { reachOf } from '../../models/forecast/backtest/reach.ts';
import { SEGMENTS } from '../../models/forecast/backtest/segments.ts';
import { OVERRIDE } from '../../models/forecast/overrides/override.ts';
import type { ForecastPlan } from '../../models/forecast/plan.ts';
import type { Panel } from '../../models/panel.ts';
import type { Assessment } from '../forecast/assess.ts';
import type { ModelPrice } from '../forecast/model-prices.ts';
import type { AccuracyLine, BacktestDescription } from './findings.ts';

/** Periods that sums are judged over, beside one period and the whole horizon: a week, or four. */
const WINDOW = { daily: 7, weekly: 4 } as const;

/** The findings and cells of the backtests behind a forecast. */
export function describeBacktest(
  panel: Panel,
  plan: ForecastPlan,
  assessment: Assessment,
  models: ModelPrice[],
): BacktestDescription {
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
