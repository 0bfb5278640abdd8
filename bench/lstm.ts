import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { createRandom } from '../data/random.ts';
import { loadLstmEngine } from '../models/forecast/lstm/load-engine.ts';
import type { LstmEngine } from '../models/forecast/lstm/lstm-engine.ts';
import { initialParameters, type NetworkShape, outputsOf } from '../models/forecast/lstm/network-shape.ts';
import { loadTfjsEngine } from '../models/forecast/lstm/tfjs-engine.ts';
import { train } from '../models/forecast/lstm/training.ts';
import type { Windows } from '../models/forecast/lstm/window-shape.ts';
import { allocateWindows } from '../models/forecast/lstm/windows.ts';
import { packageRoot } from '../pipelines/warehouse/package-root.ts';

const WINDOWS = 10_240;
const BATCH = 256;
const REPEATS = 5;

/** Seconds per epoch of the LSTM: our kernel and, where `PYTHON` has it, PyTorch on one and two threads, and TensorFlow.js (WASM). */
const cases: { name: string; shape: NetworkShape }[] = [
  {
    name: 'as used on M5: 28 x 16 to 32 units, 30 periods x 72 ahead',
    shape: {
      lookback: 28,
      pastWidth: 16,
      staticWidth: 53,
      horizon: 30,
      aheadWidth: 72,
      units: 32,
      hidden: 32,
      quantiles: [],
      likelihood: 'quasi_poisson',
      embeddings: [],
    },
  },
  {
    name: 'LSTM alone: 28 x 16 to 64 units to 90 outputs',
    shape: {
      lookback: 28,
      pastWidth: 16,
      staticWidth: 1,
      horizon: 1,
      aheadWidth: 1,
      units: 64,
      hidden: 64,
      quantiles: Array.from({ length: 89 }, (_, i) => 0.05 + (0.9 * i) / 88),
      likelihood: 'quasi_poisson',
      embeddings: [],
    },
  },
];

function randomWindows(shape: NetworkShape): Windows {
  const random = createRandom('bench');
  const windows = allocateWindows(shape, WINDOWS);
  windows.count = WINDOWS;
  for (const part of [windows.past, windows.fixed, windows.ahead]) {
    for (let i = 0; i < part.length; i++) part[i] = random.normal();
  }
  windows.target.set(windows.target.map(() => 2 * random.uniform()));
  windows.weight.fill(1);
  return windows;
}

interface Seconds {
  wall: number;
  /** Of all threads; on a machine that other work shares it says more than the wall clock. */
  cpu: number;
}

/** Best of the repeats: other work on the machine only ever adds. */
function secondsPerEpoch(engine: LstmEngine, shape: NetworkShape, windows: Windows, repeats: number): Seconds {
  const random = createRandom('bench');
  const network = engine.network(shape);
  const start = initialParameters(shape, new Float32Array(), random);
  const best: Seconds = { wall: Number.POSITIVE_INFINITY, cpu: Number.POSITIVE_INFINITY };
  for (let i = 0; i < repeats; i++) {
    const [began, beganCpu] = [performance.now(), process.cpuUsage()];
    train(network, shape, start, windows, { epochs: 1, batchSize: BATCH, rate: 1e-3 }, random);
    const { user, system } = process.cpuUsage(beganCpu);
    best.wall = Math.min(best.wall, (performance.now() - began) / 1000);
    best.cpu = Math.min(best.cpu, (user + system) / 1e6);
  }
  network.close();
  return best;
}

function peerSeconds(threads: number): Map<string, Seconds> {
  const sizes = cases.map(({ name, shape }) => ({ ...shape, name, windows: WINDOWS, outputs: outputsOf(shape) }));
  const script = join(packageRoot, 'bench', 'peers', 'lstm.py');
  const python = process.env.PYTHON ?? '/usr/bin/python3';
  // OpenBLAS with threads of its own beside those of PyTorch is twenty times slower. (On the plain reference BLAS PyTorch is six
  // times slower: `readlink -f /usr/lib/x86_64-linux-gnu/libblas.so.3` should name OpenBLAS.)
  const { status, stdout } = spawnSync(python, [script, String(threads), JSON.stringify(sizes)], {
    encoding: 'utf8',
    env: { ...process.env, OPENBLAS_NUM_THREADS: '1', OMP_NUM_THREADS: String(threads) },
    timeout: 300_000,
  });
  if (status !== 0) return new Map();
  const rows = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Seconds & { name: string });
  return new Map(rows.map((row) => [row.name, row]));
}

const tfjs = await loadTfjsEngine('wasm');
const [one, two] = [await loadLstmEngine('kernel', 1), await loadLstmEngine('kernel', 2)];
const peers = [1, 2].map(peerSeconds);
for (const { name, shape } of cases) {
  const windows = randomWindows(shape);
  const kernel = secondsPerEpoch(one, shape, windows, REPEATS);
  const others: [string, Seconds | undefined][] = [
    ['kernel, 2 threads', secondsPerEpoch(two, shape, windows, REPEATS)],
    ['PyTorch, 1 thread', peers[0]!.get(name)],
    ['PyTorch, 2 threads', peers[1]!.get(name)],
    ['tfjs-wasm', secondsPerEpoch(tfjs, shape, windows, 1)],
  ];
  console.log(`${name}; ${WINDOWS} windows, batch ${BATCH}: seconds per epoch, wall and CPU`);
  console.log(`  ${'kernel, 1 thread'.padEnd(20)} ${kernel.wall.toFixed(2)}  ${kernel.cpu.toFixed(2)}`);
  for (const [peer, seconds] of others) {
    if (!seconds) continue;
    const ratios = `x ${(seconds.wall / kernel.wall).toFixed(2)} and x ${(seconds.cpu / kernel.cpu).toFixed(2)} of the kernel's`;
    console.log(`  ${peer.padEnd(20)} ${seconds.wall.toFixed(2)}  ${seconds.cpu.toFixed(2)}  ${ratios}`);
  }
}
