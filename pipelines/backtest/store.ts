import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { BacktestCells } from '../../models/forecast/compare/compare-backtests.ts';
import { writeAtomically } from '../files.ts';
import type { BacktestFindings } from './findings.ts';

/** A backtest as it is kept, with what it was made by. */
export interface BacktestRecord extends BacktestFindings {
  format: 1;
  /** Hash of all that the backtest depends on. */
  id: string;
  as_of: string;
  seed: number;
  version: string;
  config_sha256: string;
}

/** Older backtests are removed. */
const KEPT = 60;

/**
 * Name of a backtest: the same only for the same inputs, config, as-of date, seed and code (all in `forecastKey`, the key of the
 * forecast step) and the same cutoffs, gap and refit policy.
 */
export function backtestId(forecastKey: string, policy: { cutoffs: number; gap: number; refit: string }): string {
  const { cutoffs, gap, refit } = policy;
  return createHash('sha256')
    .update(JSON.stringify([forecastKey, cutoffs, gap, refit]))
    .digest('hex')
    .slice(0, 12);
}

const recordFile = (folder: string, id: string): string => join(folder, `${id}.json`);
const cellsFile = (folder: string, id: string): string => join(folder, `${id}.cells.gz`);

/** Keeps a backtest; the cells first, so that a record that is there is whole. */
export function keepBacktest(folder: string, record: BacktestRecord, cells: BacktestCells): void {
  writeAtomically(cellsFile(folder, record.id), gzipSync(serialize(cells), { level: 1 }));
  writeAtomically(recordFile(folder, record.id), `${JSON.stringify(record)}\n`);
  for (const { id } of listBacktests(folder).slice(KEPT)) {
    rmSync(recordFile(folder, id), { force: true });
    rmSync(cellsFile(folder, id), { force: true });
  }
}

/** A kept backtest, or undefined where there is none that can be read. */
export function readBacktest(folder: string, id: string): BacktestRecord | undefined {
  const file = recordFile(folder, id);
  if (!existsSync(file) || !existsSync(cellsFile(folder, id))) return undefined;
  try {
    const record = JSON.parse(readFileSync(file, 'utf8')) as BacktestRecord;
    return record.format === 1 && record.id === id ? record : undefined;
  } catch {
    return undefined;
  }
}

export function readCells(folder: string, id: string): BacktestCells {
  return deserialize(gunzipSync(readFileSync(cellsFile(folder, id)))) as BacktestCells;
}

/** All kept backtests, the newest first. */
export function listBacktests(folder: string): BacktestRecord[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /^[0-9a-f]{12}\.json$/.test(name))
    .map((name) => ({ id: name.slice(0, 12), at: statSync(join(folder, name)).mtimeMs }))
    .sort((a, b) => b.at - a.at || (a.id < b.id ? -1 : 1))
    .flatMap(({ id }) => readBacktest(folder, id) ?? []);
}
