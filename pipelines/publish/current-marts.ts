import type { Job, JobContext } from '../job.ts';
import type { JobName } from '../job-names.ts';
import { currentStep, stepKey } from '../steps.ts';

/**
 * The marts whose job is done for exactly this run's inputs, config, as-of date, seed and code, and the jobs that have a
 * result which is not. A snapshot never mixes mornings.
 *
 * @param jobs whose marts are published, in running order
 */
export async function currentMarts(
  context: JobContext,
  jobs: readonly Job[],
): Promise<{ marts: string[]; left: JobName[] }> {
  const { warehouse, entry } = context;
  const keys = new Map<JobName, string>();
  const marts: string[] = [];
  const left: JobName[] = [];
  for (const job of jobs) {
    if (job.requires.some((tables) => !tables.some(context.has))) continue;
    const key = stepKey(job, entry, keys);
    keys.set(job.name, key);
    if (await currentStep(warehouse, { job: job.name, key })) {
      for (const mart of job.marts) if (await warehouse.hasRelation(mart)) marts.push(mart);
    } else if (await warehouse.hasRelation(job.marts[0] ?? '')) {
      left.push(job.name);
    }
  }
  return { marts, left };
}
