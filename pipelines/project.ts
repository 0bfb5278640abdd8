import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Config, parseConfig } from '../data/contract/config.ts';
import { LeadtimeError } from '../errors.ts';
import { lockFileOf } from './lock.ts';

export const CONFIG_FILE = 'leadtime.config.json';

/** A project folder: its config and where everything in it lies. */
export interface Project {
  folder: string;
  config: Config;
  /** sha256 of the config after defaults, so that spelling out a default changes nothing. */
  configHash: string;
  paths: ProjectPaths;
}

export interface ProjectPaths {
  warehouse: string;
  lock: string;
  ledger: string;
  snapshots: string;
  /** Messages to the webhook that were not taken yet, and the keys of those that were. */
  outbox: string;
  /** Kept backtests. */
  backtests: string;
  /** Results of tasks that need not be run again; it may be deleted at any time. */
  cache: string;
  report: string;
}

export function projectPaths(folder: string): ProjectPaths {
  return {
    warehouse: join(folder, 'warehouse.duckdb'),
    lock: lockFileOf(folder),
    ledger: join(folder, 'ledger'),
    snapshots: join(folder, 'snapshots'),
    outbox: join(folder, 'outbox'),
    backtests: join(folder, 'backtests'),
    cache: join(folder, 'cache'),
    report: join(folder, 'report.html'),
  };
}

/**
 * Opens a project folder.
 *
 * @throws LeadtimeError `PROJECT_NOT_FOUND`, `CONFIG_NOT_JSON`, `CONFIG_INVALID`
 */
export function openProject(path: string): Project {
  const folder = resolve(path);
  const file = join(folder, CONFIG_FILE);
  if (!existsSync(file)) {
    throw new LeadtimeError(
      'PROJECT_NOT_FOUND',
      `There is no ${CONFIG_FILE} in ${folder}.`,
      'Make a project with `leadtime init`, or name its folder with --project DIR.',
      { file },
    );
  }
  const config = parseConfig(parseJson(readFileSync(file, 'utf8'), file), file);
  const configHash = createHash('sha256').update(JSON.stringify(config)).digest('hex');
  return { folder, config, configHash, paths: projectPaths(folder) };
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const position = /position (\d+)/.exec(reason)?.[1];
    const line = position === undefined ? undefined : text.slice(0, Number(position)).split('\n').length;
    throw new LeadtimeError('CONFIG_NOT_JSON', `${file} is not valid JSON: ${reason}.`, 'Correct the JSON.', {
      file,
      line,
    });
  }
}
