import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dayOf, isoDateOf } from '../data/day.ts';
import type { Means } from './published-means.ts';
import { runNode, sharedFolder } from './run-cli.ts';

/** Store x department series of the set. */
export const M5_SERIES = 70;
/** The six origins whose scores are compared. */
export const M5_ORIGINS: readonly number[] = [1773, 1801, 1829, 1857, 1885, 1913];
/** Days ahead that are scored. */
export const M5_DAYS = 28;
const FIRST_DAY = dayOf('2011-01-29');
/** d_1941 is the last one. */
const LAST_DAY = 1941;

/** The morning after the last known day, `d_<origin>`. Throws for an origin that is not of the set or leaves nothing to score. */
export function m5Morning(origin: number): string {
  if (Number.isInteger(origin) && origin > 0 && origin + M5_DAYS <= LAST_DAY) return isoDateOf(FIRST_DAY + origin);
  throw new Error(`An M5 origin is the number of its last known day, from 1 to ${LAST_DAY - M5_DAYS}, such as 1913.`);
}

/**
 * Mean WRMSSE of levels 1 to 9, by the independent referee.
 *
 * @param means by department and store, of at least 28 days
 * @param folder scratch, where the referee's file is written
 */
export function scoreM5(means: Means, origin: number, folder: string): number {
  const head = ['store_id', 'dept_id', ...Array.from({ length: M5_DAYS }, (_, i) => `F${i + 1}`)].join(',');
  const lines = [...means].map(([series, values]) => {
    const [department, store] = series.split('@');
    return [store, department, ...values.slice(0, M5_DAYS)].join(',');
  });
  const file = join(folder, 'forecasts.csv');
  writeFileSync(file, `${[head, ...lines].join('\n')}\n`);
  const printed = runNode(join(sharedFolder, 'tools', 'score-m5.mjs'), file, String(origin));
  return Number(printed.trim().split(/\s+/).at(-1));
}
