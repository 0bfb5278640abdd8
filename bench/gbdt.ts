// Boosted trees beside LightGBM on one thread and XGBoost on two (or `--threads`), on the same simulated rows: seconds and held-out loss.
//   node dist/bench/gbdt.js [--rows 200000] [--trees 200] [--losses squared,poisson,tweedie,quantile]
//     [--bins 255] [--leaves 31] [--depth 6] [--lambda 0] [--categories yes] [--threads 2] [--seed 1] [--python python3]
// XGBoost grows by depth, the other two leaf by leaf. Without a Python that has the peers only ours is printed.
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createRandom } from '../data/random.ts';
import type { GbdtColumn, GbdtData } from '../models/forecast/gbdt/dataset.ts';
import { lossAt } from '../models/forecast/gbdt/loss.ts';
import { predictGbdt } from '../models/forecast/gbdt/predict.ts';
import { type GbdtOptions, trainGbdt } from '../models/forecast/gbdt/train.ts';
import { packageRoot } from '../pipelines/warehouse/package-root.ts';
import { scratchFolder } from './run-cli.ts';

const { values: args } = parseArgs({
  options: {
    rows: { type: 'string', default: '200000' },
    trees: { type: 'string', default: '200' },
    losses: { type: 'string', default: 'squared,poisson,tweedie,quantile' },
    bins: { type: 'string', default: '255' },
    leaves: { type: 'string', default: '31' },
    depth: { type: 'string', default: '6' },
    lambda: { type: 'string', default: '0' },
    categories: { type: 'string', default: 'yes' },
    threads: { type: 'string', default: '2' },
    seed: { type: 'string', default: '1' },
    python: { type: 'string', default: 'python3' },
  },
});

const COLUMNS = 30;
/** The last columns are categories, with this many levels each. */
const LEVELS = args.categories === 'yes' ? [7, 12, 50, 200] : [];
const POWER = 1.3;
const QUANTILE = 0.9;

/** Friedman's surface with missing values and category effects; counts where the loss is of counts. */
function simulate(rows: number, loss: string): { data: GbdtData; target: Float32Array } {
  const random = createRandom(`gbdt bench ${loss} ${args.seed}`);
  const effects = LEVELS.map((levels) => Array.from({ length: levels }, () => random.normal()));
  const columns = Array.from({ length: COLUMNS }, (_, c): GbdtColumn => {
    const levels = LEVELS[c - COLUMNS + LEVELS.length];
    const values = new Float32Array(rows);
    const missing = c % 5 === 0 ? 0.1 : 0;
    for (let i = 0; i < rows; i++) {
      if (levels) values[i] = random.below(levels);
      else values[i] = random.uniform() < missing ? Number.NaN : random.uniform();
    }
    return { name: `x${c}`, kind: levels ? 'categorical' : 'numeric', values };
  });
  const target = new Float32Array(rows);
  for (let i = 0; i < rows; i++) {
    const x = (c: number) => (Number.isNaN(columns[c]!.values[i]!) ? 0.8 : columns[c]!.values[i]!);
    let mean = 10 * Math.sin(Math.PI * x(0) * x(1)) + 20 * (x(2) - 0.5) ** 2 + 10 * x(3) + 5 * x(4);
    for (let k = 0; k < LEVELS.length; k++) mean += effects[k]![x(COLUMNS - LEVELS.length + k)]!;
    if (loss === 'squared' || loss === 'quantile') target[i] = mean + random.normal() * (1 + x(5));
    else target[i] = poissonDraw(Math.exp(mean / 8 - 2), random.uniform);
  }
  return { data: { rows, columns }, target };
}

function poissonDraw(mean: number, uniform: () => number): number {
  const least = Math.exp(-mean);
  let count = 0;
  for (let product = uniform(); product > least; product *= uniform()) count++;
  return count;
}

const part = ({ columns }: GbdtData, from: number, to: number): GbdtData => ({
  rows: to - from,
  columns: columns.map((column) => ({ ...column, values: column.values.slice(from, to) })),
});

const objective: Record<string, object> = {
  squared: { objective: 'regression' },
  poisson: { objective: 'poisson' },
  tweedie: { objective: 'tweedie', tweedie_variance_power: POWER },
  quantile: { objective: 'quantile', alpha: QUANTILE },
  absolute: { objective: 'regression_l1' },
};

interface PeerRun {
  seconds: number;
  cpuSeconds: number;
  version: string;
  predicted: Float32Array;
}

/** What a peer took and predicted, or nothing where it is not installed. */
function peer(folder: string, script: string, ...more: string[]): PeerRun | undefined {
  const file = join(packageRoot, 'bench', 'peers', script);
  const { status, stdout } = spawnSync(args.python, [file, folder, ...more], { encoding: 'utf8' });
  if (status !== 0) return undefined;
  const bytes = readFileSync(join(folder, 'peer.bin'));
  const predicted = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  return { ...JSON.parse(stdout), predicted };
}

const trained = Number(args.rows);
const rows = trained + Math.ceil(trained / 4);
for (const loss of args.losses.split(',') as GbdtOptions['loss'][]) {
  const { data, target } = simulate(rows, loss);
  const options: GbdtOptions = {
    loss,
    quantile: QUANTILE,
    tweediePower: POWER,
    trees: Number(args.trees),
    leaves: Number(args.leaves),
    bins: Number(args.bins),
    learningRate: 0.1,
    minLeafRows: 20,
    lambda: Number(args.lambda),
    seed: 1,
  };
  const train = part(data, 0, trained);
  const held = part(data, trained, rows);
  const started = performance.now();
  const cpu = process.cpuUsage();
  const model = trainGbdt(train, target.slice(0, trained), undefined, options);
  const seconds = (performance.now() - started) / 1000;
  const used = process.cpuUsage(cpu);
  const parameter = { squared: 0, absolute: 0, poisson: 0, tweedie: POWER, quantile: QUANTILE }[loss];
  const hasLog = loss === 'poisson' || loss === 'tweedie';
  const heldOut = (predicted: Float32Array): string => {
    const sum = predicted.reduce(
      (total, p, i) => total + lossAt({ name: loss, parameter }, hasLog ? Math.log(p) : p, target[trained + i]!),
      0,
    );
    return (sum / predicted.length).toFixed(5);
  };
  const line = (name: string, wall: number, own: number, loss: string) =>
    console.log(`  ${name.padEnd(16)} ${wall.toFixed(2)} s (processor ${own.toFixed(2)} s)  held-out loss ${loss}`);
  console.log(`${loss}, ${trained} rows x ${COLUMNS}, ${args.trees} trees x ${args.leaves} leaves, ${args.bins} bins`);
  line('ours', seconds, (used.user + used.system) / 1e6, heldOut(predictGbdt(model, held)));
  const folder = scratchFolder('gbdt');
  const all = new Float32Array(rows * COLUMNS);
  data.columns.forEach(({ values }, c) => {
    all.set(values, c * rows);
  });
  writeFileSync(join(folder, 'x.bin'), all);
  writeFileSync(join(folder, 'y.bin'), target);
  const parameters = {
    ...objective[loss],
    num_leaves: Number(args.leaves),
    learning_rate: 0.1,
    min_data_in_leaf: 20,
    lambda_l2: Number(args.lambda),
    max_bin: Number(args.bins),
  };
  const categorical = LEVELS.map((_, k) => COLUMNS - LEVELS.length + k);
  const spec = { rows, trained, columns: COLUMNS, trees: Number(args.trees), categorical, parameters };
  writeFileSync(join(folder, 'spec.json'), JSON.stringify(spec));
  const peers = [
    { name: 'LightGBM', run: peer(folder, 'gbdt.py') },
    { name: 'XGBoost', run: peer(folder, 'gbdt-xgboost.py', args.threads, args.depth) },
  ];
  for (const { name, run } of peers) {
    if (run) line(`${name} ${run.version}`, run.seconds, run.cpuSeconds, heldOut(run.predicted));
  }
  rmSync(folder, { recursive: true });
}
