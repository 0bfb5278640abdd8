import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sparkline } from '../../../app/cli/sparkline.ts';
import { packageRoot } from '../../../pipelines/warehouse/package-root.ts';

const cli = join(packageRoot, 'dist', 'app', 'cli', 'main.js');
const folder = mkdtempSync(join(tmpdir(), 'leadtime-verbs-'));
const leadtime = (...args: string[]) =>
  spawnSync(process.execPath, [cli, ...args, '--project', folder], { encoding: 'utf8' });

beforeAll(() => {
  const size = ['--products', '3', '--locations', '4', '--days', '300', '--customers', '20'];
  expect(leadtime('init', '--sample', ...size, '--quiet').status).toBe(0);
  const file = join(folder, 'leadtime.config.json');
  const config = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify({ ...config, forecast: { engine: 'none' } }));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('doctor', () => {
  it('finds a whole project well, one line per check', () => {
    const { stdout, status } = leadtime('doctor');
    expect(stdout).not.toContain('FAIL');
    for (const check of ['Node', 'DuckDB', 'TensorFlow.js', 'disk', 'memory', 'config', 'source sales']) {
      expect(stdout).toMatch(new RegExp(`^ok +${check}: \\S`, 'm'));
    }
    expect(stdout.endsWith(`All is well. Next: leadtime run --project ${folder}\n`)).toBe(true);
    expect(status).toBe(0);
  });

  it('without a project says how to make one', () => {
    const { stdout, status } = spawnSync(process.execPath, [cli, 'doctor'], { cwd: tmpdir(), encoding: 'utf8' });
    expect(stdout).toMatch(/^ok +project: none in \.; make one with leadtime init$/m);
    expect(stdout).toMatch(/All is well\. Next: leadtime init --help\n$/);
    expect(status).toBe(0);
  });

  it('names a missing input file and how to mend it, with exit code 1', () => {
    const file = join(folder, 'input', 'stock.csv');
    renameSync(file, `${file}.away`);
    const { stdout, status } = leadtime('doctor');
    renameSync(`${file}.away`, file);
    expect(stdout).toMatch(/FAIL +source stock: .*stock\.csv cannot be read\n +fix: Correct "sources\.stock\.path"/);
    expect(stdout).toMatch(/1 to mend\.\n$/);
    expect(status).toBe(1);
  });
});

describe('backtest, replay and explain', () => {
  it('backtest prints accuracy by level, model and horizon', () => {
    const { stdout, stderr, status } = leadtime('backtest', '--quiet');
    expect(stderr).toBe('');
    expect(status).toBe(0);
    const [head, ...rows] = stdout.trim().split('\n');
    expect(head).toMatch(/^level +model +horizon +1 - WAPE +RMSPE +bias +in 80 % range +over baseline$/);
    for (const level of ['total', 'region', 'location', 'product', 'series']) {
      expect(rows.some((row) => row.startsWith(level) && row.includes('champion'))).toBe(true);
    }
    // all products are tea
    expect(stdout).not.toMatch(/^category/m);
    expect(stdout).not.toMatch(/NaN|undefined|null/);
  });

  it('backtest --by narrows the published forecast down by several things together', () => {
    const { stdout } = leadtime('backtest', '--quiet', '--by', 'horizon,segment');
    expect(stdout).toMatch(/^level +segment +horizon +cells +1 - WAPE/m);
    expect(stdout).toMatch(/^series +\S.* +1-7 +\d+ +[\d.]+ ?%/m);
    const lines = JSON.parse(leadtime('backtest', '--json').stdout).accuracy as Record<
      string,
      string | number | null
    >[];
    const cells = (isWanted: (line: Record<string, string | number | null>) => boolean): number =>
      lines
        .filter((line) => line.level === 'series' && line.model === 'champion' && isWanted(line))
        .reduce((sum, line) => sum + (line.n as number), 0);
    const whole = cells((line) => line.segment === 'all' && line.cutoff === null && line.horizon === 'all');
    expect(cells((line) => line.segment !== 'all' && line.cutoff !== null && line.horizon !== 'all')).toBe(whole);
    expect(cells((line) => line.segment === 'all' && line.cutoff !== null && line.horizon !== 'all')).toBe(whole);
  });

  it('backtest says what each model costs and where 92 % is reached', () => {
    const { stdout } = leadtime('backtest', '--quiet');
    expect(stdout).toMatch(/^model +published for +ahead of next by +1 - WAPE +over baseline +processor seconds$/m);
    expect(stdout).toMatch(/^boosted trees +\d+ .*\d\.\d$/m);
    expect(stdout).toMatch(/^92% is (reached by sums of|not reached at any level)/m);
  });

  it('a backtest is made once for the same inputs, config and policy, and anew for others', () => {
    const file = join(folder, 'backtests');
    const backtest = (...args: string[]) => JSON.parse(leadtime('backtest', '--json', ...args).stdout);
    const first = backtest();
    const kept = readdirSync(file).map((name) => [name, statSync(join(file, name)).mtimeMs]);
    expect(backtest()).toEqual(first);
    expect(readdirSync(file).map((name) => [name, statSync(join(file, name)).mtimeMs])).toEqual(kept);

    const fits = () => readdirSync(join(folder, 'cache')).length;
    const gapped = backtest('--gap', '7', '--cutoffs', '2');
    expect(gapped).toMatchObject({ gap: 7, refit: 'auto' });
    expect(gapped.cutoffs).toHaveLength(2);
    const horizons = gapped.accuracy.map(({ horizon }: { horizon: string }) => horizon);
    expect([...new Set(horizons)]).toEqual(['all', '8-14', '15-21', '22-28', '29-35', '36-37']);
    const auto = backtest('--cutoffs', '2');
    const before = fits();
    const once = backtest('--cutoffs', '2', '--refit', 'once');
    // both kinds of boosted trees are trained before the first of the two cutoffs, and paths drawn around what they change
    expect(fits() - before).toBe(4);
    const each = backtest('--cutoffs', '2', '--refit', 'each');
    // those of either cutoff are found, from the backtest of four
    expect(fits() - before).toBe(4);
    expect(new Set([first.id, gapped.id, auto.id, once.id, each.id]).size).toBe(5);
    expect(once.cutoffs).toEqual(each.cutoffs);
    const sales = join(folder, 'input', 'sales.csv');
    const whole = readFileSync(sales, 'utf8');
    const lines = whole.trim().split('\n');
    writeFileSync(sales, `${lines.slice(0, -200).join('\n')}\n`);
    const changed = backtest('--as-of', first.as_of);
    writeFileSync(sales, whole);
    expect(changed.id).not.toBe(first.id);
    expect(changed.accuracy).not.toEqual(first.accuracy);
    expect(backtest()).toEqual(first);
  }, 300_000);

  it('backtest --compare puts two side by side, by run, id or version', () => {
    const config = join(folder, 'leadtime.config.json');
    const before = readFileSync(config, 'utf8');
    const first = JSON.parse(leadtime('backtest', '--json').stdout);
    writeFileSync(config, JSON.stringify({ ...JSON.parse(before), forecast: { engine: 'none', boostedTrees: false } }));
    const { stdout, stderr } = leadtime('backtest', '--compare', first.id, '--quiet');
    const compared = JSON.parse(leadtime('backtest', '--compare', first.id, '--json').stdout);
    const unknown = JSON.parse(leadtime('backtest', '--compare', '9.9.9', '--json').stdout);
    writeFileSync(config, before);
    expect(stderr).toBe('');
    expect(stdout).toMatch(
      new RegExp(`^level +slice +cells +this \\(${compared.id}\\) +${first.id} +better by, points`, 'm'),
    );
    expect(stdout).toMatch(/they differ in config\.$/m);
    expect(stdout).not.toMatch(/NaN|undefined|null/);
    expect(compared.compared_with).toBe(first.id);
    const whole = compared.compared.find((slice: { level: string }) => slice.level === 'series');
    const wapeOf = ({ accuracy }: { accuracy: { level: string; model: string; wape: number }[] }) =>
      accuracy.find(({ level, model }) => level === 'series' && model === 'champion')!.wape;
    expect(whole.wape).toBeCloseTo(wapeOf(compared), 6);
    expect(whole.otherWape).toBeCloseTo(wapeOf(first), 6);
    expect(unknown.error).toMatchObject({ code: 'BACKTEST_NOT_FOUND', value: '9.9.9' });
    expect(unknown.error.fix).toContain(first.id);
  }, 300_000);

  it('runs tells of one run what its models are worth and cost', () => {
    leadtime('run', 'forecast', '--quiet');
    const [newest] = JSON.parse(leadtime('runs', '--json', '--limit', '1').stdout);
    const { stdout, status } = leadtime('runs', String(newest.sequence));
    expect(status).toBe(0);
    expect(stdout).toMatch(new RegExp(`^Run ${newest.sequence} \\(.*done: \\d`));
    const forecast = newest.steps.find(({ job }: { job: string }) => job === 'forecast');
    const [, table] = stdout.split(/^model +published for +ahead of next by .*\n/m);
    const rows = [...table!.matchAll(/^(\S+(?: \S+)*) +(\d+) /gm)].map(
      ([, model, series]) => [model!, Number(series)] as const,
    );
    const counts = rows.map(([, series]) => series);
    expect(rows.map(([model]) => model)).toContain('combination');
    expect(counts).toEqual(counts.toSorted((a, b) => b - a));
    expect(counts.reduce((sum, series) => sum + series, 0)).toBe(6);
    expect(forecast.models.every(({ seconds }: { seconds: number }) => seconds >= 0)).toBe(true);
    expect(JSON.parse(leadtime('runs', '999', '--json').stdout).error.code).toBe('RUN_NOT_FOUND');
  });

  it('backtest refuses a policy that there is not', () => {
    for (const args of [
      ['--refit', 'never'],
      ['--by', 'weather'],
      ['--cutoffs', '0'],
      ['--gap', '-1'],
    ]) {
      expect(JSON.parse(leadtime('backtest', '--json', ...args).stdout).error.code).toMatch(/^ARGUMENT_/);
    }
    const long = JSON.parse(leadtime('backtest', '--json', '--gap', '300').stdout);
    expect(long.error.code).toBe('HISTORY_TOO_SHORT');
  });

  it('replay prints cost and service of each policy, and what became of the orders', () => {
    const { stdout, stderr, status } = leadtime('replay', '--quiet');
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /^policy +cost +lost sales +keeping +ordering +thrown away +against company +against foresight$/m,
    );
    for (const name of [
      'our orders',
      'what the company did',
      'min / max',
      'recent mean',
      'best z x',
      'perfect foresight',
    ])
      expect(stdout.split('\n').filter((line) => line.startsWith(name))).toHaveLength(2);
    expect(stdout).toMatch(/^Of our orders \d+ are over: they promised -?€[\d,]+ and brought -?€[\d,]+/m);
    expect(stdout).not.toMatch(/NaN|undefined|null/);
  });

  it('replay of some days by two models says which forecast ordered cheapest', () => {
    const given = ['--from', '2025-10-06', '--to', '2025-11-02', '--policy', 'economic'];
    const models = ['--compare-models', 'moving_average,calendar_regression+theta'];
    const { policies, periods, models: tried } = JSON.parse(leadtime('replay', '--json', ...given, ...models).stdout);
    expect(policies.map(({ policy }: { policy: string }) => policy)).toEqual(['economic']);
    expect(periods).toMatchObject([{ from_on: '2025-10-06', to_on: '2025-11-02', cost_so_far: policies[0].cost }]);
    expect(tried.map(({ place_by_cost }: { place_by_cost: number }) => place_by_cost)).toEqual([1, 2]);
    expect(tried[0].cost).toBeCloseTo(policies[0].cost, 6);
    const { error } = JSON.parse(leadtime('replay', '--json', '--compare-models', 'oracle').stdout);
    expect(error).toMatchObject({ code: 'MODEL_UNKNOWN', value: 'oracle' });
  });

  it('replay of a policy or stretch that is not there says what is', () => {
    const unknown = JSON.parse(leadtime('replay', '--policy', 'luck', '--json').stdout);
    expect(unknown.error).toMatchObject({ code: 'POLICY_UNKNOWN', value: 'luck' });
    const none = JSON.parse(leadtime('replay', '--from', '2090-01-01', '--json').stdout);
    expect(none.error).toMatchObject({ code: 'REPLAY_EMPTY' });
  });

  it('explain says of a product what to order, and where nothing is to be ordered', () => {
    expect(leadtime('run', 'forecast', 'restock', 'publish', '--quiet').status).toBe(0);
    const { stdout, stderr } = leadtime('explain', 'P0001');
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^P0001\n\nForecast .* units \(model sum of champions\)/);
    expect(stdout).toMatch(/(Order [\d,.]+|Nothing to order) for S01/);
    expect(stdout).not.toMatch(/Order 0 |NaN|undefined|null|Invalid Date/);
  });

  it('explain of a name that is not there gives the nearest ones', () => {
    const { stderr, status } = leadtime('explain', 'P1');
    expect(stderr).toMatch(/SERIES_UNKNOWN.*\n.*\n +fix: Nearest names: P0001/);
    expect(status).toBe(1);
  });
});

describe('a line of blocks', () => {
  it('is drawn up to its largest number, or up to a common one', () => {
    expect(sparkline([0, 5, 10])).toBe('▁▅█');
    expect(sparkline([0, 5], 60, 10)).toBe('▁▅');
    expect(sparkline([])).toBe('');
    expect(sparkline([0, 10, 5, 5], 2)).toBe('██');
  });
});
