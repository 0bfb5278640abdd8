import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { packageRoot } from '../pipelines/warehouse/package-root.ts';
import { readCsv } from './csv.ts';

/** What a peer said of itself, and the rows of the CSV it wrote. */
export interface PeerResult {
  name: string;
  seconds: number;
  rows: string[][];
}

/**
 * Runs `bench/peers/<script>` in a Python of its own, outside the project. It prints one JSON object with `name` and
 * `seconds` and writes its forecasts to the file that is the last argument.
 *
 * @returns undefined, with a line on the screen, where that Python or its packages are missing
 */
export function runPeer(python: string, script: string, ...args: string[]): PeerResult | undefined {
  const file = join(packageRoot, 'bench', 'peers', script);
  // idle threads that spin are ten times slower where other work shares the machine
  const env = { ...process.env, OMP_WAIT_POLICY: 'passive' };
  const { status, stdout, stderr, error } = spawnSync(python, [file, ...args], { encoding: 'utf8', env });
  if (status !== 0) {
    console.log(`${script} was not run: ${error?.message ?? stderr.trim().split('\n').at(-1)}`);
    return undefined;
  }
  const { name, seconds } = JSON.parse(stdout.trim().split('\n').at(-1)!) as { name: string; seconds: number };
  return { name, seconds, rows: readCsv(args.at(-1)!) };
}
