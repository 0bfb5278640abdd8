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
});
