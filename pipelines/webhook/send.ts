import { createHmac } from 'node:crypto';
import type { WebhookConfig } from '../../data/contract/config/restock.ts';
import type { WebhookMessage } from './messages.ts';

/** What became of one attempt, or of all attempts, to send a message. */
export type Delivery =
  | { kind: 'taken' }
  /** The receiver will not have it; trying again at once is no use. */
  | { kind: 'refused'; detail: string }
  /** Nobody answered, or the receiver asks to come back later. */
  | { kind: 'unreachable'; detail: string; waitSeconds?: number };

/** Effects that sending needs. */
export interface SendEffects {
  now: () => Date;
  sleep: (milliseconds: number) => Promise<void>;
}

/** Longest wait that a receiver can ask for between two attempts. */
const LONGEST_WAIT_SECONDS = 60;
const COME_BACK = [408, 425, 429];

/**
 * The signature of a message: `t=<seconds since 1970>,v1=<HMAC-SHA256 of "t.body" in hex>`. The time is part of what is
 * signed, so that receivers can refuse what is old.
 */
export function signatureOf(body: string, secret: string, seconds: number): string {
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;
}

/** Sends a message until it is taken or refused, or the attempts are used up; waits double from one second. */
export async function sendMessage(
  message: WebhookMessage,
  config: WebhookConfig,
  secret: string,
  { now, sleep }: SendEffects,
): Promise<Delivery> {
  for (let attempt = 1; ; attempt++) {
    const delivery = await attemptOnce(message, config, secret, Math.floor(now().getTime() / 1000));
    if (delivery.kind !== 'unreachable' || attempt >= config.attempts) return delivery;
    const seconds = Math.max(2 ** (attempt - 1), Math.min(LONGEST_WAIT_SECONDS, delivery.waitSeconds ?? 0));
    await sleep(seconds * 1000);
  }
}

async function attemptOnce(
  { body, idempotency_key }: WebhookMessage,
  { url, timeoutSeconds }: WebhookConfig,
  secret: string,
  seconds: number,
): Promise<Delivery> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'idempotency-key': idempotency_key,
        'leadtime-signature': signatureOf(body, secret, seconds),
      },
      body,
      // a signed message goes to where it was addressed only
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutSeconds * 1000),
    });
    await response.body?.cancel();
    const { status } = response;
    if (response.ok) return { kind: 'taken' };
    if (status < 500 && !COME_BACK.includes(status)) return { kind: 'refused', detail: `HTTP ${status}` };
    const asked = Number(response.headers.get('retry-after'));
    return { kind: 'unreachable', detail: `HTTP ${status}`, ...(asked > 0 && { waitSeconds: asked }) };
  } catch (error) {
    const { name, message, cause } = error as Error;
    const reason = (cause as { code?: string } | undefined)?.code ?? message;
    return {
      kind: 'unreachable',
      detail: name === 'TimeoutError' ? `no answer within ${timeoutSeconds} s` : String(reason),
    };
  }
}
