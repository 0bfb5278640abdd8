import type { WebhookConfig } from '../../data/contract/config/restock.ts';
import type { ProjectPaths } from '../project.ts';
import { collectOutbox, markSent, pendingMessages, tidyOutbox } from './outbox.ts';
import { type SendEffects, sendMessage } from './send.ts';

/** What a run did about the webhook. */
export interface WebhookOutcome {
  sent: number;
  /** Messages that wait for the next run. */
  waiting: number;
  /** Why they wait; the run itself is not failed by it. */
  error?: { code: string; message: string; fix: string };
}

/**
 * Sends all that is in the outbox, oldest first. A message is gone only when its receiver took it: one that is refused
 * waits without holding up the others, and a receiver that does not answer is left alone until the next run.
 *
 * @param secret undefined where the environment does not hold it
 */
export async function deliverOutbox(
  paths: ProjectPaths,
  config: WebhookConfig,
  secret: string | undefined,
  effects: SendEffects,
): Promise<WebhookOutcome> {
  collectOutbox(paths.outbox, paths.snapshots);
  const pending = pendingMessages(paths.outbox);
  const outcome: WebhookOutcome = { sent: 0, waiting: pending.length };
  if (pending.length > 0 && !secret) {
    outcome.error = {
      code: 'WEBHOOK_SECRET_MISSING',
      message: `The environment variable ${config.secretEnv} is not set, so nothing can be signed.`,
      fix: `Set ${config.secretEnv} and run again; nothing is lost.`,
    };
    return outcome;
  }
  for (const message of pending) {
    const delivery = await sendMessage(message, config, secret!, effects);
    if (delivery.kind === 'taken') {
      markSent(paths.outbox, message, effects.now());
      outcome.sent++;
      outcome.waiting--;
      continue;
    }
    outcome.error = {
      code: delivery.kind === 'refused' ? 'WEBHOOK_REFUSED' : 'WEBHOOK_UNREACHABLE',
      message: `${config.url}: ${delivery.detail}.`,
      fix: 'The messages stay in the outbox and are sent again with the next run.',
    };
    if (delivery.kind === 'unreachable') break;
  }
  tidyOutbox(paths.outbox);
  return outcome;
}
