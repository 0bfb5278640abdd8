// Measure 4, replay: a year of the sample company, replayed by our orders and by other policies:
//   node dist/bench/replay.js [--seed 1] [--products 120] [--days 364] [--folder DIR]
// All settings were chosen on seed 7 with 40 products. A folder that is there already is used as it is, so that a stopped run goes on.
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { ReplayedOrders, ReplayedPolicy } from '../app/cli/replay-tables.ts';
import { dayOf, isoDateOf } from '../data/day.ts';
import { SAMPLE_DEFAULTS } from '../data/sample/options.ts';
import { leadtime, scratchFolder } from './run-cli.ts';

const { values: args } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    products: { type: 'string', default: '120' },
    days: { type: 'string', default: '364' },
    folder: { type: 'string' },
  },
});

const folder = args.folder ?? scratchFolder('replay');
if (!existsSync(join(folder, 'leadtime.config.json')))
  leadtime('init', '--sample', '--seed', args.seed, '--products', args.products, '--project', folder, '--quiet');
const asOf = dayOf(SAMPLE_DEFAULTS.endsOn);
const range = ['--from', isoDateOf(asOf - Number(args.days)), '--to', isoDateOf(asOf - 1)];
const began = performance.now();
const { policies, orders } = JSON.parse(leadtime('replay', '--json', ...range, '--project', folder)) as {
  policies: ReplayedPolicy[];
  orders: ReplayedOrders;
};
const seconds = (performance.now() - began) / 1000;

const thousands = (amount: number | null): string => (amount === null ? '' : (amount / 1000).toFixed(1));
const percent = (share: number | null): string => (share === null ? '' : `${(100 * share).toFixed(1)} %`);
console.log(`${range[1]} to ${range[3]}, seed ${args.seed}: ${seconds.toFixed(0)} s with the load of the data`);
for (const each of policies) {
  const parts = [each.shortage, each.holding, each.ordering, each.waste].map(thousands).join(' + ');
  console.log(
    `${each.policy} ${each.setting ?? ''}: cost ${thousands(each.cost)} k = ${parts} (shortage, holding, ordering, waste), ` +
      `served ${percent(each.fill_rate)}, cycles ${percent(each.cycle_service)}, stock ${thousands(each.stock_value)} k, ` +
      `turns ${each.turns?.toFixed(1)}, orders ${each.orders}, cash ${thousands(each.cash)} k`,
  );
}
const costOf = (name: string): number => policies.find(({ policy }) => policy === name)!.cost;
const less = (name: string): string => percent(1 - costOf('economic') / costOf(name));
console.log(
  `ours: ${less('company')} below the company (bar 25 %), ${less('z_sigma')} below the best z-sigma rule (bar 10 %)`,
);
console.log(`gap to perfect foresight: ${percent(costOf('economic') / costOf('perfect_foresight') - 1)} above it`);
console.log(
  `orders: ${orders.orders_over} of ${orders.orders} over, promised ${thousands(orders.promised_value)} k, ` +
    `brought ${thousands(orders.realised_value)} k`,
);
if (!args.folder) rmSync(folder, { recursive: true });
