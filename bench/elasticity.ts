// Measure 6, elasticities: how often the published interval holds the simulated truth, on companies of several seeds:
//   node dist/bench/elasticity.js [SEED ...]
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { leadtime, scratchFolder } from './run-cli.ts';

interface Row {
  product_id: string;
  elasticity: number;
  lo: number;
  hi: number;
  advice_allowed: boolean;
}

const seeds = process.argv.slice(2);
let held = 0;
let advised = 0;
for (const seed of seeds.length > 0 ? seeds : ['1', '2', '3', '4', '5', '6']) {
  const folder = scratchFolder('elasticity');
  leadtime('init', '--sample', '--seed', seed, '--project', folder, '--quiet');
  leadtime('run', 'load', 'elasticity', 'publish', '--project', folder, '--quiet');
  const query = 'select * from mart_elasticity where cross_product_id is null';
  const rows = JSON.parse(leadtime('query', query, '--json', '--project', folder)) as Row[];
  const truth = new Map(
    readFileSync(join(folder, 'truth', 'products.csv'), 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(','))
      .map(([id, , elasticity]) => [id!, Number(elasticity)]),
  );
  const sure = rows.filter((row) => row.advice_allowed);
  const inside = sure.filter(({ product_id, lo, hi }) => lo <= truth.get(product_id)! && truth.get(product_id)! <= hi);
  const error = sure.reduce((sum, row) => sum + Math.abs(row.elasticity - truth.get(row.product_id)!), 0) / sure.length;
  held += inside.length;
  advised += sure.length;
  console.log(
    `seed ${seed}  with advice ${sure.length} of ${rows.length}  true value in the 90 % interval ` +
      `${((100 * inside.length) / sure.length).toFixed(1)} %  mean absolute error ${error.toFixed(3)}`,
  );
  rmSync(folder, { recursive: true });
}
console.log(`all  ${((100 * held) / advised).toFixed(1)} % of ${advised}`);
