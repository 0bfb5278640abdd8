import { LeadtimeError } from '../errors.ts';
import { churnJob } from './churn.ts';
import { discountJob } from './discount.ts';
import { elasticityJob } from './elasticity.ts';
import { forecastJob } from './forecast.ts';
import type { Job } from './job.ts';
import { JOB_NAMES, type JobName } from './job-names.ts';
import { loadJob } from './load.ts';
import { monitorJob } from './monitor.ts';
import { publishJob } from './publish.ts';
import { replayJob } from './replay.ts';
import { restockJob } from './restock.ts';

/** Those that leave marts to publish, in the order in which they run. */
const WORKING_JOBS: readonly Job[] = [
  loadJob,
  forecastJob,
  elasticityJob,
  churnJob,
  restockJob,
  replayJob,
  discountJob,
  monitorJob,
];
/** Every job, in the order in which they run. */
export const JOBS: readonly Job[] = [...WORKING_JOBS, publishJob(WORKING_JOBS)];

export function jobOf(name: JobName): Job {
  return JOBS.find((job) => job.name === name)!;
}

/** Looks back and costs minutes; `leadtime replay` asks for it. */
const ON_REQUEST: JobName = 'replay';

/** @throws LeadtimeError `JOB_UNKNOWN` that lists the jobs there are */
export function parseJobNames(names: readonly string[]): JobName[] {
  for (const name of names) {
    if (!JOB_NAMES.includes(name as JobName)) {
      throw new LeadtimeError('JOB_UNKNOWN', `There is no job "${name}".`, `The jobs are ${JOB_NAMES.join(', ')}.`, {
        value: name,
      });
    }
  }
  return names.length === 0 ? JOB_NAMES.filter((name) => name !== ON_REQUEST) : (names as JobName[]);
}

/** The jobs asked for and those they need, in running order. */
export function planJobs(wanted: readonly JobName[]): Job[] {
  const planned = new Set<JobName>();
  const add = (name: JobName): void => {
    if (planned.has(name)) return;
    for (const need of jobOf(name).needs) add(need);
    planned.add(name);
  };
  for (const name of wanted) add(name);
  return JOBS.filter((job) => planned.has(job.name));
}
