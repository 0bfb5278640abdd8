// The published forecast of the 70 M5 store x department series, and that of every model, scored by the independent referee.
//   node dist/bench/m5.js [ORIGIN ...]
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { M5_ORIGINS, M5_SERIES, m5Morning, scoreM5 } from './m5-score.ts';
import { publishedMeans } from './published-means.ts';
import { leadtime, scratchFolder, sharedFolder } from './run-cli.ts';

const named = process.argv.slice(2).map(Number);
for (const origin of named.length > 0 ? named : M5_ORIGINS) {
  const folder = scratchFolder('m5');
  leadtime('init', '--source', 'm5', '--from', join(sharedFolder, 'data', 'm5'), '--project', folder);
  const began = Date.now();
  leadtime('run', 'load', 'forecast', 'publish', '--project', folder, '--as-of', m5Morning(origin), '--quiet');
  const seconds = (Date.now() - began) / 1000;
  for (const [model, means] of await publishedMeans(folder)) {
    if (means.size < M5_SERIES) continue;
    console.log(`origin d_${origin}  ${model.padEnd(20)} ${scoreM5(means, origin, folder).toFixed(4)}`);
  }
  console.log(`origin d_${origin}  run took ${seconds.toFixed(0)} s`);
  rmSync(folder, { recursive: true });
}
