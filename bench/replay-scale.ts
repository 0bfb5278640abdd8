// Measure 4, speed: replay of about 1,000 series over 365 days, daily decisions, forecast anew every week:
//   node dist/bench/replay-scale.js [--products 84]
import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { dayOf, isoDateOf } from '../data/day.ts';
import { SAMPLE_DEFAULTS } from '../data/sample/options.ts';
import type { LedgerEntry } from '../pipelines/ledger.ts';
import { leadtime, scratchFolder } from './run-cli.ts';

const { values: args } = parseArgs({ options: { products: { type: 'string', default: '84' } } });
const folder = scratchFolder('replay-scale');
leadtime('init', '--sample', '--products', args.products, '--project', folder, '--quiet');
const asOf = dayOf(SAMPLE_DEFAULTS.endsOn);
leadtime('replay', '--json', '--from', isoDateOf(asOf - 365), '--project', folder);
const [{ steps }] = JSON.parse(leadtime('runs', '--json', '--project', folder)) as [LedgerEntry];
const step = steps.find(({ job }) => job === 'replay')!;
console.log(`${JSON.stringify(step.counts)}: ${step.seconds.toFixed(1)} s (bar 300 s)`);
rmSync(folder, { recursive: true });
