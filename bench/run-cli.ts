import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../pipelines/warehouse/package-root.ts';

/** Real data and the independent referees lie beside the project. */
export const sharedFolder = join(packageRoot, '..', 'shared');

/** Runs the built command line and gives what it printed. */
export function leadtime(...args: string[]): string {
  return runNode(join(packageRoot, 'dist', 'app', 'cli', 'main.js'), ...args);
}

export function runNode(file: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [file, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
  if (status !== 0) throw new Error(`${file} ${args.join(' ')}\n${stderr}${stdout}`);
  return stdout;
}

export const scratchFolder = (name: string): string => mkdtempSync(join(tmpdir(), `leadtime-${name}-`));
