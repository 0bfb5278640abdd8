import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tableFromIPC } from 'apache-arrow';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dayOf, isoDateOf } from '../../../data/day.ts';
import type { LedgerEntry } from '../../../pipelines/ledger.ts';
import { packageRoot } from '../../../pipelines/warehouse/package-root.ts';

const FIRST = '2026-03-02';
const SECOND = '2026-03-03';
const daysBefore = (days: number): string => isoDateOf(dayOf(FIRST) - days);
const cli = join(packageRoot, 'dist', 'app', 'cli', 'main.js');
const folder = mkdtempSync(join(tmpdir(), 'leadtime-published-'));

const received: { key: string; body: Record<string, unknown> }[] = [];
let isDown = true;
let receiver: Server;

/** Runs the jobs for a morning in a process of its own, and gives its exit code, what it printed and its ledger entry. */
async function run(asOf: string): Promise<{ status: number | null; printed: string; entry: LedgerEntry }> {
  const child = spawn(
    process.execPath,
    [cli, 'run', 'load', 'forecast', 'restock', 'publish', '--as-of', asOf, '--quiet', '--project', folder],
    { env: { ...process.env, HOOK_SECRET: 'secret' } },
  );
  let printed = '';
  child.stdout.on('data', (part) => {
    printed += part;
  });
  const status = await new Promise<number | null>((resolve) => child.on('close', resolve));
  const newest = readdirSync(join(folder, 'ledger')).sort().at(-1)!;
  return { status, printed, entry: JSON.parse(readFileSync(join(folder, 'ledger', newest), 'utf8')) as LedgerEntry };
}

const call = (...args: string[]): string =>
  spawnSync(process.execPath, [cli, ...args, '--project', folder], { encoding: 'utf8' }).stdout;
const workOrders = () => JSON.parse(call('export', 'mart_work_order', '--json')) as Record<string, unknown>[];

beforeAll(async () => {
  receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      if (!isDown) received.push({ key: String(request.headers['idempotency-key']), body: JSON.parse(body) });
      response.writeHead(isDown ? 500 : 200).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const sales = Array.from({ length: 121 }, (_, i) =>
    ['oil', 'tea'].map((product) => `${daysBefore(120 - i)},${product},shop,5`),
  ).flat();
  const tables: Record<string, string[]> = {
    sales: ['date,product_id,location_id,quantity', ...sales],
    products: ['product_id,unit_cost,list_price,supplier_id', 'oil,4,10,best', 'tea,4,10,acme'],
    locations: ['location_id,region,kind', 'shop,north,store'],
    stock: [
      'as_of,product_id,location_id,on_hand',
      ...[FIRST, SECOND].flatMap((day) => [`${day},oil,shop,25`, `${day},tea,shop,25`]),
    ],
    supply: ['supplier_id,lead_time_days,review_period_days', 'acme,4,3', 'best,4,3'],
  };
  mkdirSync(join(folder, 'input'));
  for (const [table, lines] of Object.entries(tables)) {
    writeFileSync(join(folder, 'input', `${table}.csv`), `${lines.join('\n')}\n`);
  }
  const config = {
    name: 'published',
    currency: 'EUR',
    sources: Object.fromEntries(Object.keys(tables).map((table) => [table, { path: `input/${table}.csv` }])),
    forecast: { engine: 'none', boostedTrees: false },
    restock: {
      webhook: {
        url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/orders`,
        secretEnv: 'HOOK_SECRET',
        attempts: 1,
      },
    },
  };
  writeFileSync(join(folder, 'leadtime.config.json'), JSON.stringify(config));
});

afterAll(() => {
  receiver.close();
  rmSync(folder, { recursive: true, force: true });
});

it('carries work orders from publish to publish and sends each version once, whatever becomes of the receiver', {
  timeout: 600_000,
}, async () => {
  const first = await run(FIRST);
  expect(first.status).toBe(0);
  expect(first.entry).toMatchObject({
    status: 'done',
    webhook: { sent: 0, waiting: 2, error: { code: 'WEBHOOK_UNREACHABLE' } },
  });
  expect(first.printed).toMatch(/Webhook: 0 sent, 2 waiting \(WEBHOOK_UNREACHABLE: .*HTTP 500\.\)/);
  const opened = workOrders();
  expect(opened.map(({ work_order_id, status, source_id }) => [work_order_id, status, source_id])).toEqual([
    [`order:tea@shop:${FIRST}`, 'open', 'acme'],
    [`order:oil@shop:${FIRST}`, 'open', 'best'],
  ]);

  isDown = false;
  const again = await run(FIRST);
  expect(again.entry.webhook).toEqual({ sent: 2, waiting: 0 });
  expect(workOrders()).toEqual(opened);
  expect(received.map(({ body }) => [body.source_id, body.order_on, body.open_lines])).toEqual([
    ['acme', FIRST, 1],
    ['best', FIRST, 1],
  ]);

  // nothing changed but the date: no new work orders, no new messages
  const second = await run(SECOND);
  expect(second.entry.webhook).toEqual({ sent: 0, waiting: 0 });
  expect(workOrders().map(({ work_order_id, is_overdue }) => [work_order_id, is_overdue])).toEqual([
    [`order:tea@shop:${FIRST}`, true],
    [`order:oil@shop:${FIRST}`, true],
  ]);

  // a look back at the first morning sends nothing, and the second goes on from it as before
  const back = await run(FIRST);
  expect(back.entry.webhook).toEqual({ sent: 0, waiting: 0 });
  expect(workOrders()).toEqual(opened);
  expect(received).toHaveLength(2);
  await run(SECOND);

  const arrow = join(folder, 'orders.arrow');
  call('export', 'mart_supplier_order', '--format', 'arrow', '--out', arrow);
  const bySupplier = tableFromIPC(readFileSync(arrow));
  expect(bySupplier.toArray().map(({ source_id, lines }) => [source_id, lines])).toEqual([
    ['acme', 1],
    ['best', 1],
  ]);
  expect(call('export', 'mart_work_order').split('\n')[0]).toContain('work_order_id,status,kind,action,source_id');
  expect(call('explain', 'tea@shop')).toMatch(/Order, shop: open, opened 2 Mar 2026.*\n {4}on hand: 25\n/);
});
