import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ConfigInput } from '../contract/config.ts';
import { TABLE_NAMES } from '../contract/tables.ts';
import { isoDateOf } from '../day.ts';
import type { SamplePlan } from './options.ts';

/** The config of the sample project. */
export function sampleConfig(plan: SamplePlan): ConfigInput {
  return {
    name: 'Sample company (simulated)',
    currency: 'EUR',
    frequency: 'daily',
    horizon: 30,
    timeZone: 'Europe/Berlin',
    seed: plan.seed,
    sources: Object.fromEntries(TABLE_NAMES.map((table) => [table, { path: `input/${table}.csv` }])),
  };
}

function readme(plan: SamplePlan): string {
  return `# The sample company

**This company does not exist.** Every number in this folder was made by Leadtime's simulator with seed ${plan.seed}; no real
person, shop or customer is in it. It is here so that you can see what Leadtime does before you give it your own data.

It sells ${plan.products} products in ${plan.stores} stores in two regions, Europe and China, each served by a warehouse. Its history runs from
${isoDateOf(plan.startDay)} to ${isoDateOf(plan.asOfDay - 1)}; "today" is the morning of ${isoDateOf(plan.asOfDay)}.

- \`leadtime.config.json\`: the project. Try \`leadtime run --project .\`
- \`input/\`: one CSV file per table of the input contract, see Leadtime's \`docs/data.md\`.
- \`truth/\`: what the simulator knows and a company never would: true elasticities, the demand behind empty shelves, demand
  and orders after today, which customers have left. Leadtime's jobs never read it; it is there to score them.

Spoilage is not simulated, and orders of business customers come on top of the sales in stores.
`;
}

/** Writes `leadtime.config.json` and `README.md`. */
export function writeProjectFiles(plan: SamplePlan): void {
  writeFileSync(join(plan.folder, 'leadtime.config.json'), `${JSON.stringify(sampleConfig(plan), null, 2)}\n`);
  writeFileSync(join(plan.folder, 'README.md'), readme(plan));
}
