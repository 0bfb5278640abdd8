import {
  appendFileSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { writeAtomically } from '../files.ts';
import type { WebhookMessage } from './messages.ts';

/** File of a snapshot that holds the messages its publish makes; part of the snapshot, so published with it or not at all. */
export const OUTBOX_FILE = 'outbox.json';

const SENT_FILE = 'sent.jsonl';
const COLLECTED_FILE = 'collected.json';
/** Sent messages whose keys are remembered. */
const KEPT_SENT = 10_000;

/** A message that has not been taken by its receiver yet. */
export interface PendingMessage extends WebhookMessage {
  file: string;
}

interface Sent {
  idempotency_key: string;
  sent_at: string;
}

const isPending = (name: string): boolean => /^\d{6,}-\d{4}-[0-9a-f]{32}\.json$/.test(name);

/**
 * Takes the messages of snapshots that were published since the last time over into the outbox. A crash at any moment only
 * makes it be done again: files have the same names, and what was sent is known by its key.
 */
export function collectOutbox(folder: string, snapshots: string): void {
  if (!existsSync(snapshots)) return;
  const names = readdirSync(snapshots)
    .filter((name) => /^\d{6,}-/.test(name))
    .sort();
  const newest = names.length > 0 ? Number.parseInt(names.at(-1)!, 10) : 0;
  const seen = readJson<{ sequence: number }>(join(folder, COLLECTED_FILE))?.sequence ?? 0;
  // snapshots that were deleted by hand are numbered from the start again
  const from = seen > newest ? 0 : seen;
  const sent = new Set(readSent(folder).map(({ idempotency_key }) => idempotency_key));
  for (const name of names.filter((each) => Number.parseInt(each, 10) > from)) {
    const messages = readJson<WebhookMessage[]>(join(snapshots, name, OUTBOX_FILE)) ?? [];
    for (const [at, message] of messages.entries()) {
      if (sent.has(message.idempotency_key)) continue;
      const file = `${name.split('-')[0]}-${String(at).padStart(4, '0')}-${message.idempotency_key}.json`;
      writeAtomically(join(folder, file), JSON.stringify(message));
    }
  }
  if (newest !== seen) writeAtomically(join(folder, COLLECTED_FILE), JSON.stringify({ sequence: newest }));
}

/** What waits to be sent, oldest first, each key once. */
export function pendingMessages(folder: string): PendingMessage[] {
  if (!existsSync(folder)) return [];
  const sent = new Set(readSent(folder).map(({ idempotency_key }) => idempotency_key));
  const pending: PendingMessage[] = [];
  for (const name of readdirSync(folder).filter(isPending).sort()) {
    const file = join(folder, name);
    const message = readJson<WebhookMessage>(file);
    if (!message || sent.has(message.idempotency_key)) {
      rmSync(file, { force: true });
      continue;
    }
    sent.add(message.idempotency_key);
    pending.push({ ...message, file });
  }
  return pending;
}

/** Remembers that a message was taken, then forgets the message. */
export function markSent(folder: string, { idempotency_key, file }: PendingMessage, now: Date): void {
  mkdirSync(folder, { recursive: true });
  const entry: Sent = { idempotency_key, sent_at: now.toISOString() };
  const log = join(folder, SENT_FILE);
  appendFileSync(log, `${JSON.stringify(entry)}\n`);
  const handle = openSync(log, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  rmSync(file, { force: true });
}

/** Shortens the log of what was sent to the newest keys. */
export function tidyOutbox(folder: string): void {
  const sent = readSent(folder);
  if (sent.length <= 2 * KEPT_SENT) return;
  const lines = sent.slice(-KEPT_SENT).map((entry) => `${JSON.stringify(entry)}\n`);
  writeAtomically(join(folder, SENT_FILE), lines.join(''));
}

function readSent(folder: string): Sent[] {
  const file = join(folder, SENT_FILE);
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        return line === '' ? [] : [JSON.parse(line) as Sent];
      } catch {
        // a line that a crash cut short: its message is sent again, under the same key
        return [];
      }
    });
}

function readJson<T>(file: string): T | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch {
    return undefined;
  }
}
