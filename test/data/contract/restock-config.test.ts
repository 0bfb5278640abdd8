import { describe, expect, it } from 'vitest';
import { type ConfigInput, parseConfig } from '../../../data/contract/config.ts';

const parse = (restock: unknown) =>
  parseConfig({ name: 'shop', currency: 'EUR', sources: {}, restock } as ConfigInput, 'leadtime.config.json').restock;

describe('the config of restock', () => {
  it('limits nothing, smooths nothing and sends nothing unless asked', () => {
    expect(parse({})).toMatchObject({ limits: [], smoothingPct: null });
    expect(parse({}).webhook).toBeUndefined();
  });

  it('takes a budget of a month and the address of a webhook', () => {
    const limits = [{ orderValue: 50_000, from: '2026-12-01', until: '2026-12-31' }];
    expect(parse({ limits }).limits).toEqual(limits);
    const webhook = { url: 'https://example.com/orders', secretEnv: 'ORDERS_SECRET' };
    expect(parse({ webhook }).webhook).toEqual({ ...webhook, timeoutSeconds: 10, attempts: 4 });
  });

  it.each([
    ['a limit of nothing', { limits: [{ supplier: 'acme' }] }, '"restock.limits.0": needs one of orderValue'],
    ['a key that is not known', { limits: [{ budget: 5 }] }, '"restock.limits.0" has unknown "budget"'],
    ['another protocol', { webhook: { url: 'ftp://example.com', secretEnv: 'X' } }, '"restock.webhook.url"'],
    ['a secret in the place of its name', { webhook: { url: 'https://a.b', secretEnv: 's3cr!t' } }, 'secretEnv'],
    ['smoothing under the mean', { smoothingPct: 50 }, '"restock.smoothingPct"'],
  ])('refuses %s', (_, restock, message) => {
    expect(() => parse(restock)).toThrow(message);
  });
});
