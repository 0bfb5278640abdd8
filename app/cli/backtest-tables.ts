import { isoDateOf } from '../../data/day.ts';
import { WANTED_ACCURACY } from '../../models/forecast/backtest/reach.ts';
import type { ComparedSlice } from '../../models/forecast/compare/compare-backtests.ts';
import type { AccuracyLine } from '../../pipelines/backtest/findings.ts';
import type { BacktestRecord } from '../../pipelines/backtest/store.ts';
import { CHAMPION } from '../../pipelines/forecast/assess.ts';
import type { ModelPrice } from '../../pipelines/forecast/model-prices.ts';
import { formatPercent, type Language } from '../format.ts';
import { backtestWords } from '../phrases/backtest.ts';
import { modelName, spanOf } from '../phrases.ts';
import { textTable } from './output.ts';

const LEVELS = ['total', 'region', 'category', 'location', 'product', 'series'];

/** Per cents of one decimal read the same in both languages. */
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
export function backtestText(given: BacktestRecord, by: readonly Dimension[] = [], language: Language = 'en'): string {
  const record = withoutRepeats(given);
  const { accuracy: lines, frequency, gap, horizon } = record;
  const words = backtestWords[language];
  const parts = [
    accuracyTable(lines, language),
    ...(by.length > 0 ? [by] : [['cutoff'] as const, ['segment'] as const]).map((each) =>
      sliceTable(lines, each, language),
    ),
    reachText(record, language),
    modelsTable(record.models, language),
    words.made({
      ...record,
      horizon: spanOf(horizon, frequency, language),
      gap: gap > 0 ? spanOf(gap, frequency, language) : '',
    }),
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

/** The published forecast by horizon, and every other model over the whole of it; `--json` has all. */
function accuracyTable(lines: readonly AccuracyLine[], language: Language): string {
  const words = backtestWords[language];
  const firstDay = ({ horizon }: AccuracyLine): number => (horizon === 'all' ? 0 : Number.parseInt(horizon, 10));
  const isOther = ({ model }: AccuracyLine): number => Number(model !== CHAMPION);
  const whole = lines
    .filter((line) => line.segment === 'all' && line.cutoff === null && (!isOther(line) || line.horizon === 'all'))
    .sort(
      (a, b) => byLevel(a, b) || isOther(a) - isOther(b) || firstDay(a) - firstDay(b) || (a.model < b.model ? -1 : 1),
    );
  const rows = whole.map((line) => [
    words.levelName(line.level),
    modelName(line.model, language),
    words.sliceName(line.horizon),
    accuracy(line.wape),
    share(line.rmspe),
    share(line.bias),
    share(line.coverage_80),
    share(line.skill),
  ]);
  return textTable(
    [words.level, words.model, words.horizon, words.accuracy, 'RMSPE', words.bias, words.covered, words.skill],
    rows,
    [3, 4, 5, 6, 7],
  );
}

/** The published forecast by one thing more, or by several together. */
function sliceTable(lines: readonly AccuracyLine[], by: readonly Dimension[], language: Language): string {
  const words = backtestWords[language];
  const own = lines
    .filter(
      (line) =>
        line.model === CHAMPION &&
        DIMENSION_NAMES.every((name) => (DIMENSIONS[name](line) !== null) === by.includes(name)),
    )
    .sort(byLevel);
  if (own.length === 0) return '';
  const rows = own.map((line) => [
    words.levelName(line.level),
    ...by.map((name) => words.sliceName(DIMENSIONS[name](line)!)),
    String(line.n),
    accuracy(line.wape),
    share(line.bias),
    share(line.coverage_80),
    share(line.skill),
  ]);
  const head = [
    words.level,
    ...by.map((name) => words[name]),
    words.cells,
    words.accuracy,
    words.bias,
    words.covered,
    words.skill,
  ];
  return textTable(
    head,
    rows,
    [1, 2, 3, 4, 5].map((i) => i + by.length),
  );
}

/** Accuracy by level and by how long sales are summed, and where it reaches what is wanted. */
export function reachText(record: BacktestRecord, language: Language = 'en'): string {
  const words = backtestWords[language];
  const lengths = [...new Set(record.reach.map(({ periods }) => periods))];
  const at = (level: string, periods: number): number =>
    record.reach.find((reach) => reach.level === level && reach.periods === periods)?.accuracy ?? Number.NaN;
  const levels = LEVELS.filter((level) => record.reach.some((reach) => reach.level === level));
  const names = lengths.map((periods) => spanOf(periods, record.frequency, language));
  const table = textTable(
    [words.sums, ...names],
    levels.map((level) => [words.levelName(level), ...lengths.map((periods) => share(at(level, periods)))]),
    lengths.map((_, i) => i + 1),
  );
  const reached = levels.flatMap((level) => {
    const first = lengths.findIndex((periods) => at(level, periods) >= WANTED_ACCURACY);
    if (first < 0) return [];
    return [words.reachedBy(words.levelName(level), names[first]!, share(at(level, lengths[first]!)))];
  });
  const wanted = formatPercent(WANTED_ACCURACY, language, 0);
  return `${table}\n${reached.length > 0 ? words.reached(wanted, reached) : words.notReached(wanted)}`;
}

/** What each model is worth and costs. */
export function modelsTable(models: readonly ModelPrice[], language: Language): string {
  const words = backtestWords[language];
  const rows = [...models]
    .sort((a, b) => b.published - a.published || (b.accuracy ?? 0) - (a.accuracy ?? 0))
    .map(({ model, seconds, published, margin_over_next, accuracy: own, margin_over_baseline }) => [
      modelName(model, language),
      String(published),
      share(margin_over_next),
      share(own),
      share(margin_over_baseline),
      seconds.toFixed(1),
    ]);
  const head = [words.model, words.published, words.ahead, words.accuracy, words.skill, words.seconds];
  return `${textTable(head, rows, [1, 2, 3, 4, 5])}\n${words.chosen}`;
}

/** Two backtests side by side. */
export function comparisonText(
  record: BacktestRecord,
  other: BacktestRecord,
  compared: readonly ComparedSlice[],
  language: Language,
): string {
  const words = backtestWords[language];
  const rows = [...compared]
    .sort(byLevel)
    .map(({ level, segment, cutoff, from, to, n, wape, otherWape, p }) => [
      words.levelName(level),
      words.sliceName(
        segment ?? (cutoff !== undefined ? isoDateOf(cutoff) : from !== undefined ? `${from + 1}-${to}` : 'all'),
      ),
      String(n),
      accuracy(wape),
      accuracy(otherWape),
      ((otherWape - wape) * 100).toFixed(2),
      Number.isNaN(p) ? '' : p < 0.001 ? '< 0.001' : p.toFixed(3),
    ]);
  const head = [
    words.level,
    words.slice,
    words.cells,
    words.self(record.id),
    other.id,
    words.better,
    words.noDifference,
  ];
  const table = textTable(head, rows, [2, 3, 4, 5, 6]);
  const sameVersion = other.config_sha256 === record.config_sha256 ? 'inputs' : 'config';
  const difference =
    other.version === record.version ? sameVersion : { version: [record.version, other.version] as const };
  return `${table}\n${words.compared(difference)}`;
}
