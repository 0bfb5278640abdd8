import { expect, it } from 'vitest';
import { helpText } from '../../../app/cli/help.ts';
import { JOB_NAMES } from '../../../pipelines/job-names.ts';

it('help on run names every job', () => {
  const [usage] = helpText('run').split('\n');
  for (const job of JOB_NAMES) expect(usage).toContain(job);
});
