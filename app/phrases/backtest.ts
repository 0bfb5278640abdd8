import { formatDate, type Language } from '../format.ts';
import { phrase } from '../phrases.ts';

/** What is told of how a backtest was made. */
export interface BacktestFacts {
  id: string;
  as_of: string;
  horizon: string;
  cutoffs: readonly string[];
  /** Periods that were not judged; empty where all were. */
  gap: string;
  refit: 'auto' | 'once' | 'each';
}

/** What two backtests can differ in. */
type Difference = { version: readonly [string, string] } | 'config' | 'inputs';

const TRAINED = {
  en: {
    auto: 'for each cutoff where the panel is not large, else before the first',
    once: 'before the first cutoff',
    each: 'for each cutoff',
  },
  zh: {
    auto: '在数据量不大时逐截点重新训练，否则只在第一个截点前训练一次',
    once: '只在第一个截点前训练一次',
    each: '在每个截点重新训练',
  },
};

const en = {
  level: 'level',
  model: 'model',
  horizon: 'horizon',
  cutoff: 'cutoff',
  segment: 'segment',
  cells: 'cells',
  accuracy: '1 - WAPE',
  bias: 'bias',
  covered: 'in 80 % range',
  skill: 'over baseline',
  published: 'published for',
  ahead: 'ahead of next by',
  seconds: 'processor seconds',
  chosen:
    'A series has the combination unless another model was clearly better in its own backtests; the accuracy here is over all series.',
  slice: 'slice',
  better: 'better by, points',
  noDifference: 'p of no difference',
  sums: '1 - WAPE of sums over',
  self: (id: string) => `this (${id})`,
  levelName: (level: string) => level,
  sliceName: (slice: string) => slice,
  reachedBy: (level: string, periods: string, accuracy: string) => `${level} over ${periods} (${accuracy})`,
  reached: (wanted: string, by: readonly string[]) => `${wanted} is reached by sums of ${by.join(', ')}.`,
  notReached: (wanted: string) => `${wanted} is not reached at any level.`,
  made: ({ id, as_of, horizon, cutoffs, gap, refit }: BacktestFacts) =>
    `Backtest ${id}, as of ${as_of}: ${horizon} from ${cutoffs.join(', ')}${gap && `, the first ${gap} not judged`}; models over all series trained ${TRAINED.en[refit]}.`,
  compared: (difference: Difference) =>
    `Only series, cutoffs and periods that both judged, on the newer actuals; they differ in ${
      difference === 'config'
        ? 'config'
        : difference === 'inputs'
          ? 'inputs, as-of date, seed or policy'
          : `version (${difference.version.join(' and ')})`
    }.`,
};

const zh: typeof en = {
  level: '层级',
  model: '模型',
  horizon: '预测期',
  cutoff: '截点',
  segment: '分组',
  cells: '样本数',
  accuracy: '1 - WAPE',
  bias: '偏差',
  covered: '80% 区间覆盖率',
  skill: '优于基准',
  published: '入选序列数',
  ahead: '领先次优',
  seconds: 'CPU 秒',
  chosen: '除非其他模型在某序列自身的回测中明显更好，该序列发布组合预测；此处准确率为全部序列合计。',
  slice: '范围',
  better: '改善（百分点）',
  noDifference: '无差异的 p 值',
  sums: '累计销量的 1 - WAPE',
  self: (id) => `本次（${id}）`,
  levelName: (level) => phrase(`level_${level}`, 'zh'),
  sliceName: (slice) => (slice === 'all' ? '全部' : slice.replace('smooth', '平稳').replace('intermittent', '间歇')),
  reachedBy: (level, periods, accuracy) => `${level} ${periods}（${accuracy}）`,
  reached: (wanted, by) => `累计销量的准确率达到 ${wanted} 的有：${by.join('、')}。`,
  notReached: (wanted) => `各层级累计销量的准确率均未达到 ${wanted}。`,
  made: ({ id, as_of, horizon, cutoffs, gap, refit }) =>
    `回测 ${id}，决策日 ${formatDate(as_of, 'zh')}：从 ${cutoffs.map((day) => formatDate(day, 'zh')).join('、')} 起各预测 ${horizon}${gap && `，其中前 ${gap}不计`}；全局模型${TRAINED.zh[refit]}。`,
  compared: (difference) =>
    `只比较两次回测都评估过的序列、截点和时段，以较新的实际销量为准；两者的区别在于${
      difference === 'config'
        ? '配置'
        : difference === 'inputs'
          ? '输入数据、决策日、随机种子或回测设置'
          : `版本（${difference.version.join(' 与 ')}）`
    }。`,
};

/** What a backtest says. */
export const backtestWords: Record<Language, typeof en> = { en, zh };
