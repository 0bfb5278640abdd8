import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { LeadtimeError } from '../../errors.ts';
import { syncPath, writeAtomically } from '../files.ts';

/** A published relation: its Parquet file and what it holds. */
export interface PublishedMart {
  name: string;
  file: string;
  rows: number;
  bytes: number;
  sha256: string;
}

/** What a snapshot says of itself. There is no time of day in it: the same run gives the same bytes. */
export interface Manifest {
  format: 1;
  run_id: string;
  as_of: string;
  version: string;
  seed: number;
  name: string;
  currency: string;
  /** Run of an earlier morning whose open work orders this one carries on. */
  work_orders_from?: string;
  marts: PublishedMart[];
  /** Further files of the snapshot (exports, report), with their hashes. */
  files: { file: string; bytes: number; sha256: string }[];
}

const POINTER = 'current.json';
const DRAFT_PREFIX = '.draft-';
/** Older snapshots are removed after a publish; enough to look back over two weeks of daily runs. */
const KEPT_SNAPSHOTS = 14;
/** Of so many of the newest mornings the newest snapshot stays too: work orders are carried on from them. */
const KEPT_MORNINGS = 7;

/** sha256 and size of a file, read in pieces. */
export function digestOf(file: string): { bytes: number; sha256: string } {
  const hash = createHash('sha256');
  const handle = openSync(file, 'r');
  const buffer = Buffer.allocUnsafe(1 << 20);
  try {
    for (;;) {
      const read = readSync(handle, buffer, 0, buffer.length, null);
      if (read === 0) break;
      hash.update(buffer.subarray(0, read));
    }
  } finally {
    closeSync(handle);
  }
  return { bytes: statSync(file).size, sha256: hash.digest('hex') };
}

/** Removes what a killed process left half written. */
export function clearDrafts(snapshots: string): void {
  if (!existsSync(snapshots)) return;
  for (const name of readdirSync(snapshots)) {
    if (name.startsWith(DRAFT_PREFIX)) rmSync(join(snapshots, name), { recursive: true, force: true });
  }
}

/** An empty folder to write a snapshot into, out of every reader's sight. */
export function createDraft(snapshots: string): string {
  const draft = join(snapshots, `${DRAFT_PREFIX}${process.pid}`);
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  return draft;
}

/**
 * Makes a finished draft the current snapshot: all files on disk, one rename, then the pointer switched in one rename.
 *
 * @returns the snapshot's folder name, `<sequence>-<run id>`
 */
export function publishDraft(snapshots: string, draft: string, manifest: Manifest): string {
  writeAtomically(join(draft, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  for (const entry of readdirSync(draft, { recursive: true }).map(String)) syncPath(join(draft, entry));
  syncPath(draft);
  const names = snapshotNames(snapshots);
  const sequence = Math.max(0, ...names.map((name) => Number.parseInt(name, 10))) + 1;
  const name = `${String(sequence).padStart(6, '0')}-${manifest.run_id}`;
  renameSync(draft, join(snapshots, name));
  syncPath(snapshots);
  writeAtomically(join(snapshots, POINTER), `${JSON.stringify({ snapshot: name })}\n`);
  for (const old of outdated([...names, name])) rmSync(join(snapshots, old), { recursive: true, force: true });
  return name;
}

/** The morning a snapshot was made for, from its name; empty where the name has none. */
const morningOf = (name: string): string => /^\d+-(\d{4}-\d{2}-\d{2})/.exec(name)?.[1] ?? '';

/** Whether no snapshot is of a later morning. */
export function isNewestMorning(snapshots: string, asOf: string): boolean {
  return snapshotNames(snapshots).every((name) => morningOf(name) <= asOf);
}

function outdated(names: readonly string[]): string[] {
  const newestOf = new Map(names.map((name) => [morningOf(name), name]));
  const mornings = [...newestOf.keys()].sort().slice(-KEPT_MORNINGS);
  const kept = new Set(mornings.map((morning) => newestOf.get(morning)!));
  return names.slice(0, -KEPT_SNAPSHOTS).filter((name) => !kept.has(name));
}

/**
 * The newest snapshot of the newest morning before a date.
 *
 * @param isWanted whether a snapshot holds what is looked for
 */
export function snapshotBefore(
  snapshots: string,
  asOf: string,
  isWanted: (manifest: Manifest) => boolean,
): { folder: string; manifest: Manifest } | undefined {
  const names = snapshotNames(snapshots)
    .filter((name) => morningOf(name) !== '' && morningOf(name) < asOf)
    .sort((a, b) => (morningOf(a) === morningOf(b) ? (a < b ? 1 : -1) : morningOf(a) < morningOf(b) ? 1 : -1));
  for (const name of names) {
    const folder = join(snapshots, name);
    const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest;
    if (isWanted(manifest)) return { folder, manifest };
  }
  return undefined;
}

function snapshotNames(snapshots: string): string[] {
  if (!existsSync(snapshots)) return [];
  return readdirSync(snapshots)
    .filter((name) => /^\d{6,}-/.test(name))
    .sort();
}

/**
 * The folder and manifest of the current snapshot.
 *
 * @throws LeadtimeError `NO_SNAPSHOT` before the first publish
 */
export function currentSnapshot(snapshots: string): { name: string; folder: string; manifest: Manifest } {
  const pointer = join(snapshots, POINTER);
  if (!existsSync(pointer)) {
    throw new LeadtimeError(
      'NO_SNAPSHOT',
      'Nothing has been published in this project yet.',
      'Run `leadtime run` first.',
      { file: pointer },
    );
  }
  const { snapshot } = JSON.parse(readFileSync(pointer, 'utf8')) as { snapshot: string };
  const folder = join(snapshots, snapshot);
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest;
  return { name: snapshot, folder, manifest };
}
