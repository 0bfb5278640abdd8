import { existsSync } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { type ConfigInput, parseConfig } from '../../../data/contract/config.ts';
import { LeadtimeError } from '../../../errors.ts';
import { writeAtomically } from '../../../pipelines/files.ts';
import { CONFIG_FILE } from '../../../pipelines/project.ts';

/** What `init` made, for the terminal to tell. */
export interface NewProject {
  folder: string;
  config: ConfigInput;
  /** Files written, relative to the project. */
  files: string[];
  /** What a person should know about the mapping, most important first. */
  notes: string[];
  /** Commands to type next. */
  next: string[];
}

/** A path as the config keeps it: relative to the project where the file lies inside it, absolute elsewhere. */
export function pathForConfig(file: string, projectFolder: string): string {
  const absolute = resolve(file);
  const inside = relative(resolve(projectFolder), absolute);
  return inside.startsWith('..') || isAbsolute(inside) ? absolute : inside.split(sep).join('/');
}

/**
 * Refuses to write over a project.
 * @throws LeadtimeError `PROJECT_EXISTS`
 */
export function refuseExisting(projectFolder: string, overwrite: boolean): void {
  const file = join(resolve(projectFolder), CONFIG_FILE);
  if (overwrite || !existsSync(file)) return;
  throw new LeadtimeError(
    'PROJECT_EXISTS',
    `${resolve(projectFolder)} is a project already.`,
    'Name another folder with --project DIR, or write over its config with --force.',
    { file },
  );
}

/**
 * Writes the config, checked first, and the SQL files beside it.
 * @param sqlFiles text by path relative to the project
 * @returns the files written, relative to the project
 * @throws LeadtimeError `CONFIG_INVALID`
 */
export function writeProject(
  projectFolder: string,
  config: ConfigInput,
  sqlFiles: ReadonlyMap<string, string> = new Map(),
): string[] {
  const folder = resolve(projectFolder);
  parseConfig(config, join(folder, CONFIG_FILE));
  for (const [path, text] of sqlFiles) writeAtomically(join(folder, path), text);
  writeAtomically(join(folder, CONFIG_FILE), `${JSON.stringify(config, undefined, 2)}\n`);
  return [CONFIG_FILE, ...sqlFiles.keys()];
}
