import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../../data/random.ts';
import { querySnapshot } from '../../../pipelines/snapshot/snapshot-reader.ts';
import { currentSnapshot, digestOf } from '../../../pipelines/snapshot/snapshot-store.ts';
import { packageRoot } from '../../../pipelines/warehouse/package-root.ts';

const cli = join(packageRoot, 'dist', 'app', 'cli', 'main.js');
/** LEADTIME_KILLS=50 is the whole measure. */
const KILLS = Number(process.env.LEADTIME_KILLS ?? 5);

let root = '';
const inRoot = (name: string): string => join(root, name);
const leadtime = (...args: string[]) => spawnSync(process.execPath, [cli, ...args], { encoding: 'utf8' });

function setEngine(folder: string, engine: string): void {
  const file = join(folder, 'leadtime.config.json');
  const config = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify({ ...config, forecast: { engine } }));
}

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'leadtime-whole-'));
  const size = ['--products', '6', '--locations', '5', '--days', '400', '--customers', '60'];
  const made = leadtime('init', '--sample', '--project', inRoot('a'), ...size, '--quiet');
  expect(made.stderr).toBe('');
  cpSync(inRoot('a'), inRoot('b'), { recursive: true });
  cpSync(inRoot('a'), inRoot('killed'), { recursive: true });
  setEngine(inRoot('killed'), 'none');
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Every file of the current snapshot is there with the bytes its manifest names. */
function expectWhole(project: string): void {
  const { folder, manifest } = currentSnapshot(join(project, 'snapshots'));
  expect(manifest.marts.length).toBeGreaterThan(5);
  for (const { file, bytes, sha256 } of [...manifest.marts, ...manifest.files]) {
    expect(digestOf(join(folder, file))).toEqual({ bytes, sha256 });
  }
}

describe('a whole run', () => {
  it('publishes every decision and prints its ledger entry as one JSON document', async () => {
    const run = leadtime('run', '--project', inRoot('a'), '--json');
    expect(run.status).toBe(0);
    const entry = JSON.parse(run.stdout);
    expect(entry.status).toBe('done');
    for (const file of entry.files) expect(file.loaded + file.quarantined).toBe(file.records);
    expect(entry.steps.map((step: { job: string; status: string }) => `${step.job} ${step.status}`)).toEqual(
      ['load', 'forecast', 'elasticity', 'churn', 'restock', 'discount', 'monitor', 'publish'].map(
        (job) => `${job} done`,
      ),
    );
    expectWhole(inRoot('a'));
    expect(existsSync(join(inRoot('a'), 'report.html'))).toBe(true);
    const { folder, manifest } = currentSnapshot(join(inRoot('a'), 'snapshots'));
    const sums = await querySnapshot(
      folder,
      manifest,
      `select level, sum(mean) as units from mart_forecast where is_champion group by level order by level`,
    );
    expect(sums).toHaveLength(6);
    expect(new Set(sums.map((row) => (row as { units: number }).units)).size).toBe(1);
  });

  it('gives the same bytes from the same inputs', () => {
    expect(leadtime('run', '--project', inRoot('b'), '--quiet').status).toBe(0);
    const bytesOf = (project: string): string[] => {
      const { folder } = currentSnapshot(join(project, 'snapshots'));
      return readdirSync(folder, { recursive: true })
        .map(String)
        .filter((name) => /\./.test(name))
        .sort()
        .map(
          (name) =>
            `${name} ${createHash('sha256')
              .update(readFileSync(join(folder, name)))
              .digest('hex')}`,
        );
    };
    expect(bytesOf(inRoot('b'))).toEqual(bytesOf(inRoot('a')));
  });

  it('takes finished steps as current when nothing changed', () => {
    const entry = JSON.parse(leadtime('run', '--project', inRoot('a'), '--json').stdout);
    expect(entry.steps.filter((step: { status: string }) => step.status === 'reused')).toHaveLength(6);
  });

  it.each([
    [['run', 'nothing'], 'JOB_UNKNOWN'],
    [['run', '--as-of', '2026-02-30'], 'DATE_INVALID'],
    [['export', 'mart_nothing'], 'MART_UNKNOWN'],
    [['query', 'drop table x'], 'QUERY_NOT_SELECT'],
    [['explain', 'P9999'], 'SERIES_UNKNOWN'],
    [['fly'], 'VERB_UNKNOWN'],
    [['run', '--fast'], 'ARGUMENT_UNKNOWN'],
  ])('%j is answered by %s and exit code 1', (args, code) => {
    const answer = leadtime(...args, '--project', inRoot('a'), '--json');
    expect(answer.status).toBe(1);
    expect(JSON.parse(answer.stdout).error).toMatchObject({ code, fix: expect.stringMatching(/./) });
  });

  it('explains a series, lists runs, exports for programs', () => {
    expect(leadtime('explain', 'P0001@S01', '--project', inRoot('a')).stdout).toMatch(/^P0001@S01\n\nForecast /);
    expect(leadtime('runs', '--project', inRoot('a')).stdout).toMatch(/done/);
    const rows = JSON.parse(leadtime('export', 'mart_restock', '--json', '--project', inRoot('a')).stdout);
    expect(rows[0]).toHaveProperty('order_quantity');
    expect(leadtime('export', 'mart_forecast', '--project', inRoot('a')).stdout.startsWith('\uFEFFlevel,')).toBe(true);
  });
});

describe('bad luck', () => {
  const start = (): ChildProcess =>
    spawn(process.execPath, [cli, 'run', '--project', inRoot('killed'), '--quiet'], { stdio: 'ignore' });
  const ended = (child: ChildProcess): Promise<unknown> => new Promise((resolve) => child.once('exit', resolve));

  it('a second process is told the PID of the first one', async () => {
    const first = start();
    while (!existsSync(join(inRoot('killed'), '.lock'))) await new Promise((resolve) => setTimeout(resolve, 5));
    const began = performance.now();
    const second = leadtime('run', '--project', inRoot('killed'), '--json');
    expect(performance.now() - began).toBeLessThan(2000);
    expect(JSON.parse(second.stdout).error).toMatchObject({ code: 'PROJECT_LOCKED', value: first.pid });
    await ended(first);
    expectWhole(inRoot('killed'));
  });

  it(`kill -9 at ${KILLS} random moments leaves the last snapshot whole, and the next run completes`, async () => {
    const random = createRandom(11);
    const project = inRoot('killed');
    await ended(start());
    for (let i = 0; i < KILLS; i++) {
      rmSync(join(project, i % 2 === 0 ? 'warehouse.duckdb' : 'nothing'), { force: true });
      const child = start();
      const timer = setTimeout(() => child.kill('SIGKILL'), 100 + random.uniform() * 5000);
      await ended(child);
      clearTimeout(timer);
      expectWhole(project);
    }
    const next = leadtime('run', '--project', project, '--json');
    expect(JSON.parse(next.stdout)).toMatchObject({ status: 'done' });
    expectWhole(project);
  }, 600_000);
});

describe('the package', () => {
  it('installed into an empty folder gives a working leadtime', () => {
    const folder = inRoot('elsewhere');
    execFileSync('npm', ['pack', '--pack-destination', root, '--silent'], { cwd: packageRoot });
    const tarball = readdirSync(root).find((name) => name.endsWith('.tgz'))!;
    execFileSync('npm', ['install', '--prefix', folder, '--no-audit', '--no-fund', '--silent', join(root, tarball)]);
    const bin = join(folder, 'node_modules', '.bin', 'leadtime');
    const made = spawnSync(
      bin,
      [
        'init',
        '--sample',
        '--project',
        'shop',
        '--products',
        '3',
        '--locations',
        '4',
        '--days',
        '200',
        '--customers',
        '20',
      ],
      { cwd: root, encoding: 'utf8' },
    );
    expect(made.stdout).toMatch(/A simulated company/);
    expect(
      spawnSync(bin, ['run', 'load', 'forecast', 'publish', '--project', 'shop', '--quiet'], { cwd: root }).status,
    ).toBe(0);
    expectWhole(inRoot('shop'));
  }, 300_000);
});
