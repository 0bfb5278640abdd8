import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from './package-root.ts';

const folder = join(packageRoot, 'sql');

/** The text of `sql/<name>.sql`, each `${key}` replaced by its value. Throws RangeError on a key without a value. */
export function sqlText(name: string, values: Record<string, string> = {}): string {
  return readFileSync(join(folder, `${name}.sql`), 'utf8').replace(/\$\{(\w+)\}/g, (_, key: string) => {
    const value = values[key];
    if (value === undefined) throw new RangeError(`sql/${name}.sql wants a value for ${key}`);
    return value;
  });
}

/** Names of the models directly under `sql/`, without folder and ending, in alphabetical order. */
export function modelNames(): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .map((file) => file.slice(0, -'.sql'.length))
    .sort();
}
