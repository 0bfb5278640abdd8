import { isoDateOf } from '../../data/day.ts';
import { WANTED_ACCURACY } from '../../models/forecast/backtest/reach.ts';
import type { ComparedSlice } from '../../models/forecast/compare/compare-backtests.ts';
import type { AccuracyLine } from '../../pipelines/backtest/findings.ts';
import type { BacktestRecord } from '../../pipelines/backtest/store.ts';
import { CHAMPION } from '../../pipelines/forecast/assess.ts';
import type { ModelPrice } from '../../pipelines/forecast/model-prices.ts';
import { formatPercent } from '../format.ts';
import { textTable } from './output.ts';

const LEVELS = ['total', 'region', 'category', 'location', 'product', 'series'];

/** When models over all series were trained, by refit policy. */
const TRAINED = {
  auto: 'for each cutoff where the panel is not large, else before the first',
  once: 'before the first cutoff',
  each: 'for each cutoff',
};

const share = (value: number | null): string =>
  value === null || Number.isNaN(value) ? '' : formatPercent(value, 'en');
const accuracy = (wape: number | null): string => share(wape === null ? null : 1 - wape);
const byLevel = (a: { level: string }, b: { level: string }): number =>
  LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level);

/** What the published forecast's accuracy can be narrowed down by, and what a line says of it. */
const DIMENSIONS = {
  segment: ({ segment }: AccuracyLine): string | null => (segment === 'all' ? null : segment),
  cutoff: ({ cutoff }: AccuracyLine): string | null => cutoff,
  horizon: ({ horizon }: AccuracyLine): string | null => (horizon === 'all' ? null : horizon),
} as const;

export type Dimension = keyof typeof DIMENSIONS;

export const DIMENSION_NAMES = Object.keys(DIMENSIONS) as Dimension[];

/** What a person reads of a backtest. With `by`, the published forecast by those together in place of one after the other. */
export function backtestText(given: BacktestRecord, by: readonly Dimension[] = []): string {
  const record = withoutRepeats(given);
  const { id, as_of, cutoffs, gap, refit, horizon } = record;
  const unit = unitOf(record, horizon);
  const made = `Backtest ${id}, as of ${as_of}: ${horizon} ${unit} from ${cutoffs.join(', ')}${gap > 0 ? `, the first ${gap} ${unitOf(record, gap)} not judged` : ''}; models over all series trained ${TRAINED[refit]}.`;
  const parts = [
    accuracyTable(record.accuracy),
    ...(by.length > 0 ? [by] : [['cutoff'] as const, ['segment'] as const]).map((each) =>
      sliceTable(record.accuracy, each),
    ),
    reachText(record),
    modelsTable(record.models),
    made,
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

/** Without the levels of a single node, which only repeat the total: they have as many cells as it has. */
function withoutRepeats(record: BacktestRecord): BacktestRecord {
  const whole = record.accuracy.filter(
    ({ model, segment, cutoff, horizon }) =>
      model === CHAMPION && segment === 'all' && cutoff === null && horizon === 'all',
  );
  const total = whole.find(({ level }) => level === 'total');
  const repeated = whole.filter(({ level, n }) => level !== 'total' && level !== 'series' && n === total?.n);
  const isShown = ({ level }: { level: string }): boolean => !repeated.some((line) => line.level === level);
  return { ...record, accuracy: record.accuracy.filter(isShown), reach: record.reach.filter(isShown) };
}

const unitOf = ({ frequency }: BacktestRecord, count: number): string =>
  `${frequency === 'daily' ? 'day' : 'week'}${count === 1 ? '' : 's'}`;

/** The published forecast by horizon, and every other model over the whole of it; `--json` has all. */
function accuracyTable(lines: readonly AccuracyLine[]): string {
  const firstDay = ({ horizon }: AccuracyLine): number => (horizon === 'all' ? 0 : Number.parseInt(horizon, 10));
  const isOther = ({ model }: AccuracyLine): number => Number(model !== CHAMPION);
  const whole = lines
    .filter((line) => line.segment === 'all' && line.cutoff === null && (!isOther(line) || line.horizon === 'all'))
    .sort(
      (a, b) => byLevel(a, b) || isOther(a) - isOther(b) || firstDay(a) - firstDay(b) || (a.model < b.model ? -1 : 1),
    );
  const rows = whole.map((line) => [
    line.level,
    line.model.replaceAll('_', ' '),
    line.horizon,
    accuracy(line.wape),
    share(line.rmspe),
    share(line.bias),
    share(line.coverage_80),
    share(line.skill),
  ]);
  return textTable(
    ['level', 'model', 'horizon', '1 - WAPE', 'RMSPE', 'bias', 'in 80 % range', 'over baseline'],
    rows,
    [3, 4, 5, 6, 7],
  );
}

/** The published forecast by one thing more, or by several together. */
function sliceTable(lines: readonly AccuracyLine[], by: readonly Dimension[]): string {
  const own = lines
    .filter(
      (line) =>
        line.model === CHAMPION &&
        DIMENSION_NAMES.every((name) => (DIMENSIONS[name](line) !== null) === by.includes(name)),
    )
    .sort(byLevel);
  if (own.length === 0) return '';
  const rows = own.map((line) => [
    line.level,
    ...by.map((name) => DIMENSIONS[name](line)!),
    String(line.n),
    accuracy(line.wape),
    share(line.bias),
    share(line.coverage_80),
    share(line.skill),
  ]);
  const head = ['level', ...by, 'cells', '1 - WAPE', 'bias', 'in 80 % range', 'over baseline'];
  return textTable(
    head,
    rows,
    [1, 2, 3, 4, 5].map((i) => i + by.length),
  );
}

/** Accuracy by level and by how long sales are summed, and where it reaches what is wanted. */
export function reachText(record: BacktestRecord): string {
  const lengths = [...new Set(record.reach.map(({ periods }) => periods))];
  const at = (level: string, periods: number): number =>
    record.reach.find((reach) => reach.level === level && reach.periods === periods)?.accuracy ?? Number.NaN;
  const levels = LEVELS.filter((level) => record.reach.some((reach) => reach.level === level));
  const names = lengths.map((periods) => `${periods} ${unitOf(record, periods)}`);
  const table = textTable(
    ['1 - WAPE of sums over', ...names],
    levels.map((level) => [level, ...lengths.map((periods) => share(at(level, periods)))]),
    lengths.map((_, i) => i + 1),
  );
  const reached = levels.flatMap((level) => {
    const first = lengths.findIndex((periods) => at(level, periods) >= WANTED_ACCURACY);
    return first < 0 ? [] : [`${level} over ${names[first]} (${share(at(level, lengths[first]!))})`];
  });
  const where = reached.length > 0 ? `is reached by sums of ${reached.join(', ')}` : 'is not reached at any level';
  return `${table}\n${formatPercent(WANTED_ACCURACY, 'en', 0)} ${where}.`;
}

/** What each model is worth and costs. */
export function modelsTable(models: readonly ModelPrice[]): string {
  const rows = [...models]
    .sort((a, b) => b.published - a.published || (b.accuracy ?? 0) - (a.accuracy ?? 0))
    .map(({ model, seconds, published, margin_over_next, accuracy: own, margin_over_baseline }) => [
      model.replaceAll('_', ' '),
      String(published),
      share(margin_over_next),
      share(own),
      share(margin_over_baseline),
      seconds.toFixed(1),
    ]);
  const head = ['model', 'published for', 'ahead of next by', '1 - WAPE', 'over baseline', 'processor seconds'];
  return textTable(head, rows, [1, 2, 3, 4, 5]);
}

/** Two backtests side by side. */
export function comparisonText(
  record: BacktestRecord,
  other: BacktestRecord,
  compared: readonly ComparedSlice[],
): string {
  const rows = [...compared]
    .sort(byLevel)
    .map(({ level, segment, cutoff, from, to, n, wape, otherWape, p }) => [
      level,
      segment ?? (cutoff !== undefined ? isoDateOf(cutoff) : from !== undefined ? `${from + 1}-${to}` : 'all'),
      String(n),
      accuracy(wape),
      accuracy(otherWape),
      ((otherWape - wape) * 100).toFixed(2),
      Number.isNaN(p) ? '' : p < 0.001 ? '< 0.001' : p.toFixed(3),
    ]);
  const head = ['level', 'slice', 'cells', `this (${record.id})`, other.id, 'better by, points', 'p of no difference'];
  const what =
    other.version === record.version
      ? other.config_sha256 === record.config_sha256
        ? 'inputs, as-of date, seed or policy'
        : 'config'
      : `version (${record.version} and ${other.version})`;
  return `${textTable(head, rows, [2, 3, 4, 5, 6])}\nOnly series, cutoffs and periods that both judged, on the newer actuals; they differ in ${what}.`;
}
