// Measure 5: six weekly orders for 599 store-products, played on history and scored by the independent referee:
//   node dist/bench/vn2.js [START ...]
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../pipelines/warehouse/package-root.ts';
import { runNode, scratchFolder, sharedFolder } from './run-cli.ts';

/** Cost of weeks 3 to 8 when ordering up to 3 x the mean of the last 13 in-stock weeks + 0.5 sd x root 3. */
const RULE: Record<string, number> = { 149: 5400, 136: 8574, 120: 4123, 104: 5188 };

const starts = process.argv.slice(2);
for (const start of starts.length > 0 ? starts : ['149', '136', '120', '104']) {
  const folder = scratchFolder('vn2');
  const began = Date.now();
  const round = join(packageRoot, 'dist', 'bench', 'vn2-round.js');
  const referee = join(sharedFolder, 'tools', 'play-vn2.mjs');
  const played = runNode(referee, '--start', start, '--out', folder, '--', process.execPath, round).trim().split('\n');
  const cost = Number(played.at(-1)!.split(' ').at(-1));
  const seconds = (Date.now() - began) / 1000;
  const rule = RULE[start];
  const beside = rule === undefined ? '' : `  rule ${rule}  ${((100 * (cost - rule)) / rule).toFixed(1)} %`;
  console.log(`start ${start}  cost of weeks 3-8  ${cost.toFixed(1)}${beside}  ${(seconds / 6).toFixed(1)} s a round`);
  rmSync(folder, { recursive: true });
}
