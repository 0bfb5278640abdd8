import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forecastOrigins } from '../../../models/replay/forecast-origin.ts';
import type { Plans } from '../../../models/replay/known-panel.ts';
import type { ReplayCompany, ReplayRequest, replayProducts } from '../../../models/replay/replay-products.ts';
import { type Executor, inlineExecutor, workersExecutor } from '../../../pipelines/executor/executor.ts';
import { currentSnapshot } from '../../../pipelines/snapshot/snapshot-store.ts';
import { packageRoot } from '../../../pipelines/warehouse/package-root.ts';
import { shopOf } from '../../models/replay/shop.ts';
import { syntheticPanel } from '../../synthetic-panel.ts';

const cli = join(packageRoot, 'dist', 'app', 'cli', 'main.js');
let root = '';
const inRoot = (name: string): string => join(root, name);
const ARGS = ['--from', '2025-10-06', '--policy', 'economic', '--quiet'];
const replay = (project: string) =>
  spawnSync(process.execPath, [cli, 'replay', ...ARGS, '--project', project], { encoding: 'utf8' });

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'leadtime-replay-'));
  const size = ['--products', '5', '--locations', '4', '--days', '220', '--customers', '5'];
  spawnSync(process.execPath, [cli, 'init', '--sample', '--project', inRoot('whole'), ...size, '--quiet']);
  cpSync(inRoot('whole'), inRoot('killed'), { recursive: true });
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

function digests(project: string): string[] {
  const { manifest } = currentSnapshot(join(project, 'snapshots'));
  return manifest.marts
    .filter(({ name }) => name.startsWith('mart_replay'))
    .map(({ name, sha256 }) => `${name} ${sha256}`);
}

describe('a replay', () => {
  it('that is killed goes on where it was and comes to the same bytes', async () => {
    expect(replay(inRoot('whole')).stderr).toBe('');
    const child = spawn(process.execPath, [cli, 'replay', ...ARGS, '--project', inRoot('killed')], { stdio: 'ignore' });
    const cache = join(inRoot('killed'), 'cache');
    const ended = new Promise((resolve) => child.on('exit', resolve));
    const done = (project: string): string[] =>
      readdirSync(join(inRoot(project), 'cache'))
        .filter((name) => /^[0-9a-f]{64}$/.test(name))
        .sort();
    while (!existsSync(cache) || done('killed').length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill('SIGKILL');
    await ended;
    const kept = done('killed');
    expect(replay(inRoot('killed')).status).toBe(0);
    expect(digests(inRoot('killed'))).toEqual(digests(inRoot('whole')));
    expect(digests(inRoot('whole'))).toHaveLength(3);
    // what was done before is there still and was not done again
    expect(kept.length).toBeGreaterThan(0);
    expect(done('killed')).toEqual(expect.arrayContaining(kept));
    expect(done('killed')).toEqual(done('whole'));
  }, 600_000);

  it('of a company whose truth nobody knows plays an estimate of hidden demand, and costs at its bounds', () => {
    cpSync(inRoot('whole'), inRoot('real'), { recursive: true });
    rmSync(join(inRoot('real'), 'truth'), { recursive: true });
    rmSync(join(inRoot('real'), 'warehouse.duckdb'), { force: true });
    const asked = ['--json', '--from', '2025-08-04', '--policy', 'economic', '--policy', 'company'];
    const { stdout } = spawnSync(process.execPath, [cli, 'replay', ...asked, '--project', inRoot('real')], {
      encoding: 'utf8',
    });
    const { policies } = JSON.parse(stdout);
    const company = policies.find(({ policy }: { policy: string }) => policy === 'company');
    expect(company).toMatchObject({ demand_case: 'estimate', ordering: null, against_company: null, cash: null });
    expect(company.cost_lower).toBeCloseTo(company.holding, 6);
    expect(company.cost).toBeGreaterThan(company.cost_lower);
    expect(company.cost_upper).toBeGreaterThan(company.cost);
    const ours = policies.find(({ policy }: { policy: string }) => policy === 'economic');
    expect([ours.cost_lower, ours.cost_upper].every((cost) => cost > 0 && cost !== ours.cost)).toBe(true);
  }, 600_000);

  it('comes to the same numbers on one thread and on two', async () => {
    const periods = 300;
    const panel = syntheticPanel(6, periods, 30);
    const none = { listPrice: new Float32Array(0), listKnown: new Int16Array(0) };
    const late = { lateCell: new Int32Array(0), lateKnown: new Int16Array(0) };
    const plans: Plans = { discount: panel.discount, discountKnown: new Int16Array(6 * 330), ...none, ...late };
    const origins = [180, 187, 194, 201];
    const forecasts = {
      origins,
      horizon: 20,
      means: forecastOrigins({ origins, horizon: 20, model: 'theta' }, { panel, plans }),
    };
    const days = 40;
    const products = [0, 2, 4].map((first) => {
      const product = shopOf({ opening: 40, leadDays: 3, leadSdDays: 1, orderCost: 4, stores: 2, warehouse: 90 });
      product.locations.forEach((location, l) => {
        location.pair = 3 * (first / 2) + l;
        if (location.series >= 0) location.series += first;
      });
      return product;
    });
    const demand = Float32Array.from({ length: 6 * days }, (_, i) =>
      Math.round(panel.quantity[Math.floor(i / days) * periods + 180 + (i % days)]!),
    );
    const company: ReplayCompany = {
      panel,
      base: 180,
      days,
      stretches: [12],
      products,
      demand,
      forecasts,
      measured: { from: [], spreads: [] },
      seed: 5,
    };
    const variants = ['economic', 'recent_mean', 'min_max', 'z_sigma 1 lots', 'perfect_foresight'];
    const tasks = products.map((_, p) => ({
      kind: 'replay-products' as const,
      key: String(p),
      input: { from: p, to: p + 1, variants } satisfies ReplayRequest,
    }));
    const by = async (executor: Executor) => executor.map<ReturnType<typeof replayProducts>>(tasks, company);
    const one = await by(inlineExecutor());
    expect(await by(workersExecutor(2))).toEqual(one);
    expect(one.flatMap(({ orders }) => orders.flat()).length).toBeGreaterThan(10);
    const other = await inlineExecutor().map<ReturnType<typeof replayProducts>>(tasks, { ...company, seed: 6 });
    expect(other).not.toEqual(one);
  });
});
