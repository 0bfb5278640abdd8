import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../../pipelines/warehouse/package-root.ts';

const CHROMIUM = '/usr/bin/chromium';
const hasChromium = existsSync(CHROMIUM);
if (!hasChromium) {
  process.stdout.write(`report: skipped, because there is no ${CHROMIUM} (apt-get install chromium)\n`);
}
const cli = join(packageRoot, 'dist', 'app', 'cli', 'main.js');
const folder = mkdtempSync(join(tmpdir(), 'leadtime-report-'));
const leadtime = (...args: string[]) => spawnSync(process.execPath, [cli, ...args, '--project', folder]);

describe.skipIf(!hasChromium)('the report in a browser', () => {
  let browser: Browser;
  const errors: string[] = [];
  const requests: string[] = [];

  beforeAll(async () => {
    const size = ['--products', '3', '--locations', '4', '--days', '200', '--customers', '20', '--seed', '4'];
    expect(leadtime('init', '--sample', ...size, '--quiet').status).toBe(0);
    const file = join(folder, 'leadtime.config.json');
    const config = JSON.parse(readFileSync(file, 'utf8'));
    writeFileSync(file, JSON.stringify({ ...config, forecast: { engine: 'none' } }));
    expect(leadtime('run', '--quiet').status).toBe(0);
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function open(language: 'en' | 'zh', width = 1200): Promise<Page> {
    const page = await browser.newPage({ viewport: { width, height: 900 } });
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(`${pathToFileURL(join(folder, 'report.html'))}#${language}`);
    return page;
  }
  const titles = (page: Page): Promise<string[]> => page.locator('h2 > span:visible').allTextContents();

  it('has every section, with rows or charts in each', async () => {
    const page = await open('en');
    expect(await titles(page)).toEqual([
      'Forecasts',
      'Why',
      'Work orders',
      'To do besides ordering',
      'Sales lost to empty shelves',
      'Discounts',
      'Customers at risk',
      'Deals that stand still',
      'Alerts',
      'How good the forecasts were',
      'Inputs and quarantine',
    ]);
    for (const section of await page.locator('section').all()) {
      expect(await section.locator('tbody tr, svg.chart').count()).toBeGreaterThan(0);
    }
    expect(await page.locator('.tile').count()).toBe(4);
    expect(await page.locator('main').textContent()).not.toMatch(/\b(NaN|undefined|null|Invalid Date|Infinity)\b/);
  });

  it('switches to Chinese and back by its button', async () => {
    const page = await open('en');
    await page.getByRole('button').click();
    expect(await titles(page)).toContain('补货单');
    expect(await page.locator('html').getAttribute('lang')).toBe('zh');
    await page.getByRole('button').click();
    expect(await titles(page)).toContain('Work orders');
    expect(await page.locator('[lang="zh"]:visible').count()).toBe(0);
  });

  it.each(['en', 'zh'] as const)('does not overflow a telephone of 390 pixels (%s)', async (language) => {
    const page = await open(language, 390);
    const overflowing = await page.evaluate(() =>
      [...document.querySelectorAll('body *')]
        .filter((element) => !element.closest('.scroll > *, svg'))
        .filter((element) => element.getBoundingClientRect().right > innerWidth)
        .map((element) => element.outerHTML.slice(0, 80)),
    );
    expect(overflowing).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  });

  it('cuts no label of a chart off', async () => {
    const page = await open('en');
    const cut = await page.evaluate(() =>
      [...document.querySelectorAll('svg.chart text')]
        .filter((text) => getComputedStyle(text).display !== 'none')
        .filter((text) => text.getBoundingClientRect().right > text.closest('svg')!.getBoundingClientRect().right + 1)
        .map((text) => text.textContent),
    );
    expect(cut).toEqual([]);
  });

  it('asks for nothing but itself, and no error is written to the console', () => {
    expect(errors).toEqual([]);
    expect(new Set(requests.map((url) => url.split('#')[0]))).toEqual(
      new Set([pathToFileURL(join(folder, 'report.html')).href]),
    );
  });
});
