import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../pipelines/warehouse/package-root.ts';

/** The folder of a real data set beside the project, or undefined (said once) where it is not there. */
export function realData(name: string): string | undefined {
  const folder = join(packageRoot, '..', 'shared', 'data', name);
  if (existsSync(folder)) return folder;
  console.warn(`skipped: no real data at ../shared/data/${name}`);
  return undefined;
}
