import { closeSync, existsSync, linkSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { LeadtimeError } from '../errors.ts';

interface Owner {
  pid: number;
  /** Start of the process in clock ticks since boot, where the system tells; a reused PID has another. */
  startedAt: string;
}

function startOf(pid: number): string {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return '';
  const afterName = readFileSync(file, 'utf8').replace(/^.*\) /s, '');
  return afterName.split(' ')[19] ?? '';
}

function isAlive({ pid, startedAt }: Owner): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  return startOf(pid) === startedAt;
}

function readOwner(file: string): Owner | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Owner;
  } catch {
    return undefined;
  }
}

/** The file that a process which works on the project's folder holds. */
export const lockFileOf = (folder: string): string => join(folder, '.lock');

/**
 * Says at once that another process works here, before anything else is loaded. Only `takeLock` makes sure of it.
 *
 * @throws LeadtimeError `PROJECT_LOCKED` that names the owner's PID
 */
export function refuseLocked(file: string): void {
  const owner = readOwner(file);
  if (owner && isAlive(owner)) throw lockedBy(owner, file);
}

function lockedBy({ pid }: Owner, file: string): LeadtimeError {
  return new LeadtimeError(
    'PROJECT_LOCKED',
    `Another Leadtime process (PID ${pid}) is working on this project.`,
    `Wait until it ends, or stop it: kill ${pid}.`,
    { file, value: pid },
  );
}

/**
 * Takes a folder's lock for this process. A lock left by a killed process is taken over.
 *
 * @returns the function that gives the lock back
 * @throws LeadtimeError `PROJECT_LOCKED` that names the owner's PID
 */
export function takeLock(file: string): () => void {
  const own: Owner = { pid: process.pid, startedAt: startOf(process.pid) };
  const draft = `${file}.${process.pid}`;
  try {
    const handle = openSync(draft, 'w');
    try {
      writeSync(handle, JSON.stringify(own));
    } finally {
      closeSync(handle);
    }
    for (let attempt = 0; attempt < 3; attempt++) {
      try {
        linkSync(draft, file);
        return () => rmSync(file, { force: true });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      refuseLocked(file);
      rmSync(file, { force: true });
    }
  } finally {
    rmSync(draft, { force: true });
  }
  throw new LeadtimeError('PROJECT_LOCKED', 'Several processes want this project at once.', 'Try again.', { file });
}
