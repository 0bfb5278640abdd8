import type { Progress } from '../job.ts';
import type { Project } from '../project.ts';
import { deliverOutbox, type WebhookOutcome } from './deliver.ts';

/** What the run was given to send with. */
interface SendingOptions {
  /** Secrets by the name that the config has for them; without it nothing is sent. */
  secretOf?: (name: string) => string | undefined;
  now: () => Date;
  progress: Progress;
}

/** Sends what waits in the outbox, where a webhook is configured. Whatever comes of it, the run before it is done. */
export async function sendAfterRun(
  { config, paths }: Project,
  { secretOf, now, progress }: SendingOptions,
): Promise<WebhookOutcome | undefined> {
  const { webhook } = config.restock;
  if (!webhook || !secretOf) return undefined;
  progress.update('webhook');
  const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
  try {
    return await deliverOutbox(paths, webhook, secretOf(webhook.secretEnv), { now, sleep });
  } catch (error) {
    const fix = 'See the folder outbox; what is in it is sent with the next run.';
    return { sent: 0, waiting: 0, error: { code: 'OUTBOX_FAILED', message: String(error), fix } };
  }
}
