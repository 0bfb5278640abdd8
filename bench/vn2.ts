// Measure 5: six weekly orders for 599 store-products, played on history and scored by the independent referee, beside the rule
// of ordering up to 3 x the mean of the last 13 in-stock weeks + 0.5 sd x root 3:
//   node dist/bench/vn2.js [START ...]
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../pipelines/warehouse/package-root.ts';
import { runNode, scratchFolder, sharedFolder } from './run-cli.ts';

const STARTS = ['96', '104', '112', '120', '128', '136', '149'];

/** Cost of weeks 3 to 8 with orders by the script, and its seconds per round. */
function play(start: string, script: string): { cost: number; seconds: number } {
  const folder = scratchFolder('vn2');
  const began = Date.now();
  const round = join(packageRoot, 'dist', 'bench', script);
  const referee = join(sharedFolder, 'tools', 'play-vn2.mjs');
  const played = runNode(referee, '--start', start, '--out', folder, '--', process.execPath, round).trim().split('\n');
  rmSync(folder, { recursive: true });
  return { cost: Number(played.at(-1)!.split(' ').at(-1)), seconds: (Date.now() - began) / 6000 };
}

const below = (cost: number, rule: number): string => `${((100 * (cost - rule)) / rule).toFixed(1)} %`;

const given = process.argv.slice(2);
let [ours, rules] = [0, 0];
for (const start of given.length > 0 ? given : STARTS) {
  const { cost: rule } = play(start, 'vn2-rule-round.js');
  const { cost, seconds } = play(start, 'vn2-round.js');
  ours += cost;
  rules += rule;
  console.log(`start ${start}  ours ${cost}  rule ${rule}  ${below(cost, rule)}  ${seconds.toFixed(1)} s a round`);
}
console.log(`all  ours ${ours.toFixed(0)}  rule ${rules.toFixed(0)}  ${below(ours, rules)}`);
