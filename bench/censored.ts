// Demand hidden behind stock-outs: the estimates beside the truth of simulated companies of several seeds:
//   node dist/bench/censored.js [SEED ...]
import { rmSync } from 'node:fs';
import { dayOf } from '../data/day.ts';
import { unconstrainedDemand } from '../models/forecast/censored/unconstrained-demand.ts';
import { openProject } from '../pipelines/project.ts';
import { censoredTruth } from './censored-truth.ts';
import { panelOfProject } from './loaded-panel.ts';
import { leadtime, scratchFolder } from './run-cli.ts';

/** Units of the cells that ran short. */
interface Sums {
  cells: number;
  sold: number;
  wanted: number;
  estimate: number;
  absoluteError: number;
}

const none = (): Sums => ({ cells: 0, sold: 0, wanted: 0, estimate: 0, absoluteError: 0 });
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`.padStart(8);

function describe({ cells, sold, wanted, estimate, absoluteError }: Sums): string {
  return (
    `${String(cells).padStart(6)} cells  sold ${sold.toFixed(0)}  wanted ${wanted.toFixed(0)}  ` +
    `bias of the hidden${percent((estimate - sold) / (wanted - sold) - 1)}  of all${percent(estimate / wanted - 1)}  ` +
    `WAPE${percent(absoluteError / wanted)}`
  );
}

/** Estimates by series and day, as `product,location` and the ISO date would name them. */
async function estimatesOf(folder: string): Promise<{ demand: Map<string, number>; seconds: number }> {
  const asOf = dayOf(JSON.parse(leadtime('runs', '--json', '--project', folder))[0].as_of);
  const panel = await panelOfProject(openProject(folder), asOf);
  const began = performance.now();
  const found = unconstrainedDemand(panel, panel.periods);
  const seconds = (performance.now() - began) / 1000;
  const demand = new Map<string, number>();
  found.series.forEach((s, i) => {
    const pair = `${panel.products.ids[panel.productOf[s]!]},${panel.locations.ids[panel.locationOf[s]!]}`;
    demand.set(`${panel.startDay + found.period[i]!},${pair}`, found.demand[i]!);
  });
  return { demand, seconds };
}

const all = none();
const seeds = process.argv.slice(2);
for (const seed of seeds.length > 0 ? seeds : ['1', '2', '3']) {
  const folder = scratchFolder('censored');
  leadtime('init', '--sample', '--seed', seed, '--project', folder, '--quiet');
  leadtime('run', 'load', '--project', folder, '--quiet');
  const { demand, seconds } = await estimatesOf(folder);
  const kinds = { 'empty all day': none(), 'ran out': none() };
  const own = none();
  for (const { day, product, location, sold, wanted } of censoredTruth(folder)) {
    const estimate = demand.get(`${day},${product},${location}`) ?? 0;
    const kind = kinds[sold === 0 ? 'empty all day' : 'ran out'];
    for (const sums of [all, own, kind]) {
      sums.cells++;
      sums.sold += sold;
      sums.wanted += wanted;
      sums.estimate += estimate;
      sums.absoluteError += Math.abs(estimate - wanted);
    }
  }
  console.log(`seed ${seed}         ${describe(own)}  ${seconds.toFixed(1)} s`);
  for (const [kind, sums] of Object.entries(kinds)) console.log(`  ${kind.padEnd(14)}${describe(sums)}`);
  rmSync(folder, { recursive: true });
}
console.log(`all            ${describe(all)}`);
