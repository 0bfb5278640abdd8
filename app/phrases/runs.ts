import { formatDate, type Language } from '../format.ts';
import { phrase } from '../phrases.ts';

/** What is told of one run. */
export interface RunFacts {
  sequence: number;
  run_id: string;
  as_of: string;
  status: string;
  seconds: string;
  started_at: string;
  version: string;
  seed: number;
  snapshot: string | null;
}

const en = {
  none: 'No run yet. Next: leadtime run',
  head: ['run', 'as of', 'status', 'jobs', 'seconds', 'loaded', 'quarantined', 'snapshot or error'],
  status: (status: string) => status,
  facts: ({ sequence, run_id, as_of, status, seconds, started_at, version, seed, snapshot }: RunFacts) =>
    `Run ${sequence} (${run_id}), as of ${as_of}, ${status}: ${seconds} s from ${started_at}, version ${version}, seed ${seed}, snapshot ${snapshot ?? 'none'}.`,
};

const zh: typeof en = {
  none: '还没有运行记录。下一步：leadtime run',
  head: ['运行', '决策日', '状态', '作业', '秒', '已载入', '已隔离', '快照或错误'],
  status: (status) => phrase(status, 'zh'),
  facts: ({ sequence, run_id, as_of, status, seconds, started_at, version, seed, snapshot }) =>
    `第 ${sequence} 次运行（${run_id}），决策日 ${formatDate(as_of, 'zh')}，${phrase(status, 'zh')}：始于 ${started_at}，用时 ${seconds} 秒，版本 ${version}，随机种子 ${seed}，快照 ${snapshot ?? '无'}。`,
};

/** What `leadtime runs` says. */
export const runsWords: Record<Language, typeof en> = { en, zh };
