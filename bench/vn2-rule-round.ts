// One round of the inventory game by the rule to beat: node dist/bench/vn2-rule-round.js FOLDER AS_OF
// Orders up to 3 x the mean of the last 13 in-stock weeks + 0.5 sd x root 3, less what is on hand and under way.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCsv } from './csv.ts';

const WEEKS = 13;

const folder = process.argv[2]!;
const rowsOf = (table: string): string[][] => readCsv(join(folder, 'input', `${table}.csv`)).slice(1);

const demand = new Map<string, number[]>();
for (const [, product, location, quantity, inStock] of rowsOf('sales')) {
  const key = `${product},${location}`;
  if (!demand.has(key)) demand.set(key, []);
  if (inStock === 'true') demand.get(key)!.push(Number(quantity));
}
const position = new Map<string, number>();
const add = (key: string, quantity: string): void => {
  position.set(key, (position.get(key) ?? 0) + Number(quantity));
};
for (const [, product, location, onHand] of rowsOf('stock')) add(`${product},${location}`, onHand!);
for (const [product, location, , , quantity] of rowsOf('inbound')) add(`${product},${location}`, quantity!);

const lines = Array.from(demand, ([key, all]) => {
  const recent = all.slice(-WEEKS);
  const mean = recent.reduce((sum, value) => sum + value, 0) / Math.max(1, recent.length);
  const squares = recent.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const deviation = recent.length > 1 ? Math.sqrt(squares / (recent.length - 1)) : 0;
  const target = 3 * mean + 0.5 * deviation * Math.sqrt(3);
  return `${key},${Math.max(0, Math.round(target - (position.get(key) ?? 0)))}`;
});
writeFileSync(join(folder, 'orders.csv'), `${['product_id,location_id,order_quantity', ...lines].join('\n')}\n`);
