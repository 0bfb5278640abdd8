// One round of the inventory game: node dist/bench/vn2-round.js FOLDER AS_OF, called by ../shared/tools/play-vn2.mjs.
// Makes a project of FOLDER/input, runs the jobs, and leaves the published work orders as FOLDER/orders.csv.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ConfigInput } from '../data/contract/config.ts';
import { leadtime } from './run-cli.ts';

const TABLES = ['sales', 'products', 'locations', 'stock', 'inbound', 'supply'] as const;

const [folder, asOf] = process.argv.slice(2) as [string, string];
const project = join(folder, 'project');
const config: ConfigInput = {
  name: 'vn2',
  currency: 'EUR',
  frequency: 'weekly',
  horizon: 8,
  sources: Object.fromEntries(TABLES.map((table) => [table, { path: join('..', 'input', `${table}.csv`) }])),
  // the models over all series take longer than everything else together; the network changed the cost by nothing on start 80
  forecast: { engine: 'none', boostedTrees: false },
  // the game moves no goods between stores
  restock: { transfers: false },
};
mkdirSync(project, { recursive: true });
writeFileSync(join(project, 'leadtime.config.json'), JSON.stringify(config, null, 2));

interface Order {
  product_id: string;
  location_id: string;
  order_quantity: number;
}

leadtime('run', 'restock', 'publish', '--project', project, '--as-of', asOf, '--quiet');
const orders = JSON.parse(leadtime('export', 'mart_restock', '--json', '--project', project)) as Order[];
const lines = orders
  .filter(({ order_quantity }) => order_quantity > 0)
  .map((order) => [order.product_id, order.location_id, order.order_quantity].join(','));
writeFileSync(join(folder, 'orders.csv'), `${['product_id,location_id,order_quantity', ...lines].join('\n')}\n`);
