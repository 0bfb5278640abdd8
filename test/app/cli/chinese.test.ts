import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../../pipelines/warehouse/package-root.ts';

const cli = join(packageRoot, 'dist', 'app', 'cli', 'main.js');
const folder = mkdtempSync(join(tmpdir(), 'leadtime-chinese-'));
const leadtime = (...args: string[]) =>
  spawnSync(process.execPath, [cli, ...args, '--project', folder], { encoding: 'utf8' });

let summary = '';

beforeAll(() => {
  const size = ['--products', '3', '--locations', '4', '--days', '300', '--customers', '20'];
  expect(leadtime('init', '--sample', ...size, '--quiet').status).toBe(0);
  const file = join(folder, 'leadtime.config.json');
  const config = JSON.parse(readFileSync(file, 'utf8'));
  const forecast = { engine: 'none', effort: 'quick' };
  writeFileSync(file, JSON.stringify({ ...config, language: 'zh', currency: 'CNY', forecast }));
  summary = leadtime('run', '--quiet').stdout;
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('with Chinese as the language of the config', () => {
  it('a run tells its steps, decisions and money in Chinese', () => {
    const [head] = summary.split('\n');
    expect(head).toBe('Sample company (simulated)，2025年11月3日');
    const steps = summary.split('\n\n')[2]!.split('\n').slice(1);
    for (const step of steps) expect(step).toMatch(/^[a-z]+ +完成 +[\d.]+ {2}(\p{Script=Han}[^a-z]* [\d,]+(，|$))+/u);
    expect(summary).toMatch(/^P000\d .*断货概率/m);
    expect(summary).toMatch(/^ {2}补货单可保住的价值：¥/m);
    expect(summary).toMatch(/^C\d+ .* \d+% /m);
    expect(summary).toMatch(/\n完成：已载入 [\d,]+，已隔离 \d+，用时 [\d.]+ 秒。报告：.*\n下一步：leadtime query/);
  });

  it('a backtest leaves no English but names and measures', () => {
    const { stdout, stderr } = leadtime('backtest', '--quiet', '--by', 'segment,horizon');
    expect(stderr).toBe('');
    const measures = /1 - WAPE|RMSPE|CPU|Theta|Croston-SBA|TSB|\b[ABC]\b|^回测 \w+/gm;
    expect(stdout.replaceAll(measures, '')).not.toMatch(/[A-Za-z]/);
  });

  it('runs tells the ledger, and one run with its models, in Chinese', () => {
    const [head, newest] = leadtime('runs').stdout.split('\n');
    expect(head).toMatch(/^运行 +决策日 +状态 +作业 +秒 +已载入 +已隔离 +快照或错误$/);
    expect(newest).toMatch(/^ +\d+ +2025-11-03 +完成 +load/);
    const { stdout } = leadtime('runs', '1');
    expect(stdout).toMatch(/^第 1 次运行（2025-11-03-\w+），决策日 2025年11月3日，完成：始于 .*，快照 000001-/);
    expect(stdout).toMatch(/^步骤 +状态 +秒 +结果$/m);
    const steps = [...stdout.matchAll(/^[a-z]+ +完成 +[\d.]+ {2}(.*)$/gm)].map(([, result]) => result!);
    expect(steps).toHaveLength(8);
    for (const result of steps) expect(result.replaceAll(/Theta|Croston-SBA|TSB/g, '')).not.toMatch(/[A-Za-z]/);
    expect(stdout).toMatch(/^forecast .*入选 \S+ \d/m);
    expect(stdout).toMatch(/^模型 +入选序列数 +领先次优/m);
  });

  it('explain and a query without rows answer in Chinese', () => {
    expect(leadtime('explain', 'P0001@S01').stdout).toMatch(
      /^P0001@S01\n\n预测 2025年11月3日至2025年12月2日：共 [\d,]+ 件/,
    );
    expect(leadtime('query', 'from mart_forecast where false').stdout).toBe('（无记录）\n');
  });
});
