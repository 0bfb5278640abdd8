import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { currentSnapshot, digestOf } from '../../../pipelines/snapshot/snapshot-store.ts';
import { packageRoot } from '../../../pipelines/warehouse/package-root.ts';

const cli = join(packageRoot, 'dist', 'app', 'cli', 'main.js');
const disk = mkdtempSync(join(tmpdir(), 'leadtime-disk-'));
const project = join(disk, 'shop');
const ballast = join(disk, 'ballast');
const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=96m', 'tmpfs', disk]).status === 0;
if (!isMounted)
  process.stdout.write('disk-full: skipped, because no small disk can be mounted here (that needs root)\n');

const leadtime = (...args: string[]) => spawnSync(process.execPath, [cli, ...args], { encoding: 'utf8' });

/** Leaves so many bytes free on the small disk. */
function leaveFree(bytes: number): void {
  rmSync(ballast, { force: true });
  const { bavail, bsize } = statfsSync(disk);
  writeFileSync(ballast, Buffer.alloc(bavail * bsize - bytes));
}

/** Folder of the current snapshot, every file of which has the bytes that its manifest names. */
function wholeSnapshot(): string {
  const { folder, manifest } = currentSnapshot(join(project, 'snapshots'));
  for (const { file, bytes, sha256 } of [...manifest.marts, ...manifest.files]) {
    expect(digestOf(join(folder, file))).toEqual({ bytes, sha256 });
  }
  return folder;
}

describe.skipIf(!isMounted)('a disk that is full', () => {
  let before = '';

  beforeAll(() => {
    const size = ['--products', '3', '--locations', '4', '--days', '200', '--customers', '20'];
    expect(leadtime('init', '--sample', '--project', project, ...size, '--quiet').status).toBe(0);
    const file = join(project, 'leadtime.config.json');
    const config = JSON.parse(readFileSync(file, 'utf8'));
    writeFileSync(file, JSON.stringify({ ...config, forecast: { engine: 'none' } }));
    expect(leadtime('run', '--project', project, '--quiet').status).toBe(0);
    before = wholeSnapshot();
  });
  afterAll(() => {
    if (isMounted) spawnSync('umount', [disk]);
    rmSync(disk, { recursive: true, force: true });
  });

  it.each([
    ['before the lock is taken', 0],
    ['while the warehouse is written', 400_000],
    ['late in the run', 2_000_000],
  ])('%s (%d bytes free) ends the run with DISK_FULL, exit code 1 and the last snapshot whole', (_, free) => {
    leaveFree(free);
    const run = leadtime('run', '--project', project, '--seed', '2', '--json');
    expect(JSON.parse(run.stdout)).toMatchObject({ error: { code: 'DISK_FULL', fix: expect.stringMatching(/^Free/) } });
    expect(run.status).toBe(1);
    expect(wholeSnapshot()).toBe(before);
    expect(readdirSync(project).filter((name) => name.startsWith('.lock'))).toEqual([]);
  });

  it('that was freed lets the next run complete', () => {
    rmSync(ballast);
    const run = leadtime('run', '--project', project, '--seed', '2', '--json');
    expect(JSON.parse(run.stdout)).toMatchObject({ status: 'done' });
    expect(wholeSnapshot()).not.toBe(before);
    expect(readdirSync(join(project, 'snapshots')).filter((name) => name !== 'current.json')).toHaveLength(2);
  });
});
