import { readFileSync } from 'node:fs';

/** Processor seconds by what they went to, such as a model. */
export type Seconds = Record<string, number>;

/** Takes note that the work from now on is for the named part. */
export type Meter = (part: string) => void;

const LINUX = '/proc/thread-self/schedstat';

/** Processor seconds that this thread has used where the system tells them (Linux), else seconds of the clock. */
export function threadSeconds(): number {
  try {
    return Number.parseInt(readFileSync(LINUX, 'utf8'), 10) / 1e9;
  } catch {
    return performance.now() / 1000;
  }
}

/** Runs `work` and gives its result with the seconds of each part that it names; what comes before goes to `first`. */
export async function measured<T>(first: string, work: (meter: Meter) => Promise<T>): Promise<[T, Seconds]> {
  const seconds: Seconds = {};
  let part = first;
  let since = threadSeconds();
  const next: Meter = (name) => {
    const now = threadSeconds();
    seconds[part] = (seconds[part] ?? 0) + now - since;
    part = name;
    since = now;
  };
  const result = await work(next);
  next(part);
  return [result, seconds];
}
