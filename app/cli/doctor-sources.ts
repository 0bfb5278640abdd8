import { accessSync, constants } from 'node:fs';
import { resolve } from 'node:path';
import type { Source } from '../../data/contract/config.ts';
import type { Project } from '../../pipelines/project.ts';
import type { Finding } from './finding.ts';

/** One finding per input file or pattern of the config: whether it can be read. Patterns are resolved when loading. */
export async function checkSources(project: Project): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const [table, given] of Object.entries(project.config.sources)) {
    for (const source of Array.isArray(given) ? given : [given]) {
      for (const path of pathsOf(source)) findings.push(checkPath(project.folder, table, path));
    }
  }
  return findings;
}

function pathsOf(source: Source): string[] {
  return [
    ...(typeof source.path === 'string' ? [source.path] : Object.values(source.path)),
    ...(source.sql ? [source.sql] : []),
  ];
}

function checkPath(folder: string, table: string, path: string): Finding {
  const check = `source ${table}`;
  const file = resolve(folder, path);
  if (/[*?[{]/.test(path)) return { check, ok: true, found: `${path} (pattern)` };
  try {
    accessSync(file, constants.R_OK);
    return { check, ok: true, found: path };
  } catch {
    return { check, ok: false, found: `${file} cannot be read`, fix: `Correct "sources.${table}.path" in the config.` };
  }
}
