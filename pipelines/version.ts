import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from './warehouse/package-root.ts';

function fieldOf(file: string, field: string): string {
  const path = join(packageRoot, file);
  return existsSync(path) ? String((JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>)[field]) : 'none';
}

/** The package's version, as people say it. */
export const version: string = fieldOf('package.json', 'version');

/** Version and hash of the built code and SQL: a result made by other code is not current. */
export const codeVersion: string = `${version}+${fieldOf(join('dist', 'build.json'), 'sha256').slice(0, 12)}`;
