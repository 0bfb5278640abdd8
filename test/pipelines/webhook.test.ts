import { createHmac } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { projectPaths } from '../../pipelines/project.ts';
import { deliverOutbox } from '../../pipelines/webhook/deliver.ts';
import { webhookMessages } from '../../pipelines/webhook/messages.ts';
import { collectOutbox, OUTBOX_FILE, pendingMessages } from '../../pipelines/webhook/outbox.ts';
import { signatureOf } from '../../pipelines/webhook/send.ts';
import { warehouseWith } from '../warehouse-fixture.ts';

const root = mkdtempSync(join(tmpdir(), 'leadtime-webhook-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

interface Request {
  key: string;
  signature: string;
  body: string;
}

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = undefined;
});

/** A receiver on this machine; `answer` decides what becomes of the n-th request. */
async function receiver(answer: (n: number, response: ServerResponse, request: IncomingMessage) => void) {
  const requests: Request[] = [];
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      requests.push({
        key: String(request.headers['idempotency-key']),
        signature: String(request.headers['leadtime-signature']),
        body,
      });
      answer(requests.length, response, request);
    });
  });
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve));
  return { requests, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook` };
}

const status =
  (code: number, headers = {}) =>
  (_: number, response: ServerResponse) =>
    response.writeHead(code, headers).end();
const NOW = new Date('2026-03-02T06:00:00Z');
const KEYS = ['a', 'b', 'c'].map((letter) => letter.repeat(32));

/** A project folder whose snapshots hold the given messages, one snapshot per list. */
function project(...snapshots: string[][]) {
  const paths = projectPaths(mkdtempSync(join(root, 'project-')));
  for (const [i, keys] of snapshots.entries()) publish(paths.snapshots, i + 1, keys);
  return paths;
}

function publish(snapshots: string, sequence: number, keys: string[]): void {
  const folder = join(snapshots, `${String(sequence).padStart(6, '0')}-2026-03-02-abc`);
  mkdirSync(folder, { recursive: true });
  const messages = keys.map((key) => ({ idempotency_key: key, body: JSON.stringify({ key }) }));
  writeFileSync(join(folder, OUTBOX_FILE), JSON.stringify(messages));
}

function deliver(paths: ReturnType<typeof projectPaths>, url: string, secret: string | undefined = 'secret') {
  const waits: number[] = [];
  const config = { url, secretEnv: 'HOOK', timeoutSeconds: 0.3, attempts: 3 };
  const effects = { now: () => NOW, sleep: async (milliseconds: number) => void waits.push(milliseconds) };
  return deliverOutbox(paths, config, secret, effects).then((outcome) => ({ outcome, waits }));
}

describe('the webhook', () => {
  it('sends each message once, in order, signed with the time', async () => {
    const { requests, url } = await receiver(status(200));
    const paths = project([KEYS[0]!, KEYS[1]!], [KEYS[2]!]);
    expect((await deliver(paths, url)).outcome).toEqual({ sent: 3, waiting: 0 });
    expect(requests.map(({ key }) => key)).toEqual(KEYS);
    const seconds = NOW.getTime() / 1000;
    const digest = createHmac('sha256', 'secret').update(`${seconds}.${requests[0]!.body}`).digest('hex');
    expect(requests[0]!.signature).toBe(`t=${seconds},v1=${digest}`);
    expect(signatureOf(requests[0]!.body, 'secret', seconds)).toBe(requests[0]!.signature);

    expect((await deliver(paths, url)).outcome).toEqual({ sent: 0, waiting: 0 });
    // the same morning published again makes the same messages, which are known
    publish(paths.snapshots, 3, KEYS);
    expect((await deliver(paths, url)).outcome).toEqual({ sent: 0, waiting: 0 });
    expect(requests).toHaveLength(3);
  });

  it('tries again with waits that double, under the same key', async () => {
    const { requests, url } = await receiver((n, response) => response.writeHead(n < 3 ? 503 : 204).end());
    const { outcome, waits } = await deliver(project([KEYS[0]!]), url);
    expect(outcome).toEqual({ sent: 1, waiting: 0 });
    expect(waits).toEqual([1000, 2000]);
    expect(new Set(requests.map(({ key }) => key))).toEqual(new Set([KEYS[0]]));
  });

  it('waits as long as it is asked to, a minute at most', async () => {
    const answer = (n: number, response: ServerResponse) =>
      n === 3
        ? response.writeHead(200).end()
        : response.writeHead(429, { 'retry-after': n === 1 ? '7' : '9999' }).end();
    const { url } = await receiver(answer);
    expect((await deliver(project([KEYS[0]!]), url)).waits).toEqual([7000, 60_000]);
  });

  it('keeps what a dead receiver did not take, and sends it when it is back', async () => {
    const { url } = await receiver(status(200));
    const port = (server!.address() as AddressInfo).port;
    await new Promise((resolve) => server!.close(resolve));
    const paths = project([KEYS[0]!, KEYS[1]!]);
    const { outcome, waits } = await deliver(paths, url);
    expect(outcome).toMatchObject({ sent: 0, waiting: 2, error: { code: 'WEBHOOK_UNREACHABLE' } });
    expect(outcome.error!.message).toContain('ECONNREFUSED');
    // one message is enough to learn that nobody is there
    expect(waits).toEqual([1000, 2000]);

    const back = await receiver(status(200));
    expect(port).toBeGreaterThan(0);
    expect((await deliver(paths, back.url)).outcome).toEqual({ sent: 2, waiting: 0 });
    expect(back.requests.map(({ key }) => key)).toEqual(KEYS.slice(0, 2));
  });

  it('does not wait for ever for an answer', async () => {
    const { requests, url } = await receiver((n, response) => {
      if (n > 1) response.writeHead(200).end();
    });
    const { outcome } = await deliver(project([KEYS[0]!]), url);
    expect(outcome).toEqual({ sent: 1, waiting: 0 });
    expect(requests).toHaveLength(2);
  });

  it('survives a receiver that dies in the middle of an answer, and sends again under the same key', async () => {
    const { requests, url } = await receiver((n, response, request) => {
      if (n === 1) request.socket.destroy();
      else response.writeHead(200).end();
    });
    expect((await deliver(project([KEYS[0]!]), url)).outcome).toEqual({ sent: 1, waiting: 0 });
    expect(requests.map(({ key }) => key)).toEqual([KEYS[0], KEYS[0]]);
  });

  it('lets a refused message wait without holding up the others', async () => {
    const { requests, url } = await receiver((n, response) => response.writeHead(n === 1 ? 422 : 200).end());
    const paths = project([KEYS[0]!, KEYS[1]!]);
    const { outcome } = await deliver(paths, url);
    expect(outcome).toMatchObject({ sent: 1, waiting: 1, error: { code: 'WEBHOOK_REFUSED' } });
    expect(requests).toHaveLength(2);
    expect((await deliver(paths, url)).outcome).toEqual({ sent: 1, waiting: 0 });
  });

  it('does not follow to another address', async () => {
    const { requests, url } = await receiver(status(307, { location: 'http://127.0.0.1:9/elsewhere' }));
    expect((await deliver(project([KEYS[0]!]), url)).outcome.error!.message).toContain('HTTP 307');
    expect(requests).toHaveLength(1);
  });

  it('sends nothing unsigned', async () => {
    const { requests, url } = await receiver(status(200));
    const paths = project([KEYS[0]!]);
    const { outcome } = await deliver(paths, url, '');
    expect(outcome).toMatchObject({ sent: 0, waiting: 1, error: { code: 'WEBHOOK_SECRET_MISSING' } });
    expect(requests).toEqual([]);
    expect((await deliver(paths, url)).outcome.sent).toBe(1);
  });

  it('loses nothing when a crash falls between publishing, collecting and sending', async () => {
    const { requests, url } = await receiver(status(200));
    const paths = project([KEYS[0]!, KEYS[1]!]);
    // a crash half-way through collecting: files are there, the mark that they were taken over is not
    collectOutbox(paths.outbox, paths.snapshots);
    rmSync(join(paths.outbox, 'collected.json'));
    expect(pendingMessages(paths.outbox)).toHaveLength(2);
    // the snapshot is gone, and what it had to say is not
    rmSync(paths.snapshots, { recursive: true });
    publish(paths.snapshots, 1, [KEYS[2]!]);
    expect((await deliver(paths, url)).outcome).toEqual({ sent: 3, waiting: 0 });
    // a crash between the answer and the note of it, which was cut short: sent again, under the same key
    writeFileSync(join(paths.outbox, 'sent.jsonl'), '{"idempotency_key":"aaa');
    rmSync(join(paths.outbox, 'collected.json'));
    expect((await deliver(paths, url)).outcome).toEqual({ sent: 1, waiting: 0 });
    expect(requests.at(-1)!.key).toBe(KEYS[2]);
    expect(existsSync(paths.outbox) && readdirSync(paths.outbox).sort()).toEqual(['collected.json', 'sent.jsonl']);
  });
});

describe('the messages of a publish', () => {
  it('tell of each supplier what changed, with all its lines and a key that only versions change', async () => {
    const { warehouse } = await warehouseWith({}, '2026-03-02');
    const put = (version: number, updatedOn: string) =>
      warehouse.run(`create or replace table mart_work_order as
        select * from (values
          ('order:tea@a', ${version}, 'open', 'order', 'acme', 'supplier', date '2026-03-03', date '${updatedOn}', 12.0, 48.0, date '2026-03-03'),
          ('order:tea@b', 1, 'open', 'order', 'acme', 'supplier', date '2026-03-03', date '2026-03-01', 5.0, null, date '2026-03-03'),
          ('order:oil@a', 1, 'open', 'order', 'best', 'supplier', date '2026-03-02', date '2026-03-01', 1.0, 9.0, date '2026-03-02'))
        as t(work_order_id, version, status, action, source_id, source_kind, order_on, updated_on, quantity, goods_cost, act_on)`);
    const run = { as_of: '2026-03-02', run_id: 'r1' };
    const named = { name: 'shop', currency: 'EUR' };
    await put(2, '2026-03-02');
    const [message, ...others] = await webhookMessages(warehouse, run, named);
    expect(others).toEqual([]);
    expect(JSON.parse(message!.body)).toMatchObject({
      event: 'work_orders',
      idempotency_key: message!.idempotency_key,
      source_id: 'acme',
      order_on: '2026-03-03',
      open_lines: 2,
      quantity: 17,
      goods_cost: 48,
    });
    const again = await webhookMessages(warehouse, { ...run, run_id: 'r2' }, named);
    expect(again[0]!.idempotency_key).toBe(message!.idempotency_key);
    await put(3, '2026-03-02');
    expect((await webhookMessages(warehouse, run, named))[0]!.idempotency_key).not.toBe(message!.idempotency_key);
    await put(3, '2026-03-01');
    expect(await webhookMessages(warehouse, run, named)).toEqual([]);
    warehouse.close();
  });
});
