import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import type { Config, Source } from '../../data/contract/config.ts';
import { contractOf, TABLE_NAMES, type TableName } from '../../data/contract/tables.ts';
import { LeadtimeError } from '../../errors.ts';

export type Format = 'csv' | 'parquet' | 'jsonl' | 'text';

export interface SourceFile {
  /** Relative to the project, with `/`. */
  path: string;
  absolute: string;
  format: Format;
  /** Relation name that a SELECT reads it by; without one, the file has the contract's columns. */
  relation?: string;
}

/** What is loaded or refused together: one file, or all files that one SELECT reads. */
export interface LoadUnit {
  table: TableName;
  source: Source;
  delimiter: string;
  files: SourceFile[];
  select?: { path: string; sql: string };
}

const globChars = /[*?]/;

/** Files under `folder` that match `pattern` (`*`, `?`, `**`), sorted. */
export function matchFiles(folder: string, pattern: string): string[] {
  const parts = pattern.split('/');
  const fixed = parts.findIndex((part) => globChars.test(part));
  const root = resolve(folder, parts.slice(0, fixed).join('/') || '.');
  if (!existsSync(root)) return [];
  const body = parts
    .slice(fixed)
    .map((part) =>
      part === '**'
        ? '(?:[^/]+/)*'
        : `${part
            .replace(/[.+^${}()|[\]\\]/g, '\\$&')
            .replaceAll('*', '[^/]*')
            .replaceAll('?', '[^/]')}/`,
    )
    .join('')
    .replace(/\/$/, '');
  const regex = new RegExp(`^${body}$`);
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => regex.test(relative(root, file).split(sep).join('/')))
    .sort();
}

function formatOf(file: string, source: Source): Format {
  if (source.format) return source.format;
  const name = file.toLowerCase().replace(/\.gz$/, '');
  if (name.endsWith('.parquet')) return 'parquet';
  if (/\.(jsonl|ndjson|json)$/.test(name)) return 'jsonl';
  return 'csv';
}

function sourceFiles(folder: string, pattern: string, source: Source, key: string): SourceFile[] {
  const isGlob = globChars.test(pattern) && !existsSync(resolve(folder, pattern));
  const found = isGlob ? matchFiles(folder, pattern) : [resolve(folder, pattern)];
  const missing = found.length === 0 ? pattern : found.find((file) => !existsSync(file));
  if (missing !== undefined) {
    throw new LeadtimeError(
      'SOURCE_NOT_FOUND',
      isGlob
        ? `No file matches "${pattern}", named by ${key} in the config.`
        : `There is no file "${pattern}", named by ${key} in the config.`,
      `Put the file there, or correct ${key}; paths are relative to the project folder.`,
      { file: pattern },
    );
  }
  return found.map((absolute) => {
    if (statSync(absolute).isDirectory()) {
      throw new LeadtimeError(
        'SOURCE_NOT_READABLE',
        `"${pattern}", named by ${key} in the config, is a folder.`,
        `Name a file or a pattern such as "${pattern}/*.csv".`,
        { file: pattern },
      );
    }
    return {
      path: relative(folder, absolute).split(sep).join('/'),
      absolute,
      format: formatOf(absolute, source),
    };
  });
}

function checkSource(source: Source, table: TableName, key: string): void {
  const unknown = Object.keys(source.columns).find((column) => !(column in contractOf(table).columns));
  const problem =
    unknown !== undefined
      ? `${key}.columns names "${unknown}", which is no column of ${table}`
      : Buffer.byteLength(source.delimiter) !== 1
        ? `${key}.delimiter "${source.delimiter}" is not one ASCII character`
        : typeof source.path !== 'string' && !source.sql
          ? `${key}.path names several files, so it needs "sql", a SELECT that joins them`
          : source.format === 'text' && !source.sql
            ? `${key}.format "text" gives lines, so it needs "sql", a SELECT that takes them apart`
            : undefined;
  if (problem) throw new LeadtimeError('CONFIG_INVALID', `${problem}.`, `Correct ${key} in the config.`, { table });
}

/**
 * The files that the config names, as units of loading in a fixed order.
 *
 * @throws LeadtimeError `SOURCE_NOT_FOUND`, `SOURCE_NOT_READABLE` or `CONFIG_INVALID`, each with the config's key
 */
export function resolveSources(folder: string, config: Config): LoadUnit[] {
  const units: LoadUnit[] = [];
  for (const table of TABLE_NAMES) {
    const given = config.sources[table];
    if (!given) continue;
    const list = Array.isArray(given) ? given : [given];
    list.forEach((source, index) => {
      const key = Array.isArray(given) ? `sources.${table}[${index}]` : `sources.${table}`;
      checkSource(source, table, key);
      const named = typeof source.path === 'string' ? { source: source.path } : source.path;
      const files = Object.entries(named).flatMap(([relation, pattern]) =>
        sourceFiles(folder, pattern, source, `${key}.path`).map((file) => ({ ...file, relation })),
      );
      const delimiterOf = (file: SourceFile): string =>
        source.delimiter === ',' && /\.tsv(\.gz)?$/i.test(file.path) ? '\t' : source.delimiter;
      if (!source.sql) {
        for (const { relation: _, ...file } of files) {
          units.push({ table, source, delimiter: delimiterOf(file), files: [file] });
        }
        return;
      }
      const path = source.sql;
      const absolute = resolve(folder, path);
      if (!existsSync(absolute)) {
        throw new LeadtimeError(
          'SOURCE_NOT_FOUND',
          `There is no file "${path}", named by ${key}.sql in the config.`,
          `Put the SELECT there, or correct ${key}.sql.`,
          { file: path },
        );
      }
      units.push({
        table,
        source,
        delimiter: delimiterOf(files[0]!),
        files,
        select: { path, sql: readFileSync(absolute, 'utf8') },
      });
    });
  }
  return units;
}
