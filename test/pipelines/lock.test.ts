import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { takeLock } from '../../pipelines/lock.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'leadtime-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the lock of a project', () => {
  it('refuses a second owner and names the first one by PID', () => {
    const file = join(folder, '.lock');
    const release = takeLock(file);
    expect(() => takeLock(file)).toThrow(`PID ${process.pid}`);
    release();
    expect(existsSync(file)).toBe(false);
    takeLock(file)();
  });

  it('is taken over from a process that was killed', async () => {
    const file = join(folder, '.lock');
    const child = spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)']);
    writeFileSync(file, JSON.stringify({ pid: child.pid, startedAt: 'of a process long gone' }));
    takeLock(file)();
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
    writeFileSync(file, JSON.stringify({ pid: child.pid, startedAt: '' }));
    takeLock(file)();
  });

  it('is taken over where its file is damaged', () => {
    const file = join(folder, '.lock');
    writeFileSync(file, '{"pi');
    takeLock(file)();
    expect(existsSync(file)).toBe(false);
  });
});
