import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { contractOf } from '../../data/contract/tables.ts';
import { LeadtimeError } from '../../errors.ts';
import type { PlannedUnit } from './load-unit.ts';
import type { LoadUnit, SourceFile } from './sources.ts';

/** Raised when the same bytes would be read into other rows than before; what is loaded is then read again. */
const LOADER_VERSION = 1;

function hashFile(file: SourceFile): string {
  const hash = createHash('sha256');
  try {
    const handle = openSync(file.absolute, 'r');
    try {
      const buffer = Buffer.allocUnsafe(1 << 22);
      for (;;) {
        const got = readSync(handle, buffer);
        if (got === 0) return hash.digest('hex');
        hash.update(buffer.subarray(0, got));
      }
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    throw new LeadtimeError(
      'SOURCE_NOT_READABLE',
      `The file "${file.path}" cannot be read: ${(error as Error).message}.`,
      'Give this user the right to read it.',
      { file: file.path },
      { cause: error },
    );
  }
}

export interface LoadPlan {
  /** What is to be in the warehouse, each unit once. */
  units: PlannedUnit[];
  /** Files whose content another file of the list already gives to the same table. */
  duplicates: { unit: PlannedUnit; of: PlannedUnit }[];
}

/**
 * Identifies each unit by content. The id of a unit is made of its key, so that it does not depend on which other files
 * there are. O(bytes) for the hash.
 */
export function planLoad(units: readonly LoadUnit[]): LoadPlan {
  const plan: LoadPlan = { units: [], duplicates: [] };
  const byKey = new Map<string, PlannedUnit>();
  const ids = new Set<number>();
  const hashes = new Map<string, string>();
  const hashOf = (file: SourceFile): string => {
    const hash = hashes.get(file.absolute) ?? hashFile(file);
    hashes.set(file.absolute, hash);
    return hash;
  };
  for (const unit of units) {
    const sha256 = unit.files.map(hashOf);
    const key = createHash('sha256')
      .update(
        JSON.stringify({
          version: LOADER_VERSION,
          table: unit.table,
          contract: contractOf(unit.table),
          columns: unit.source.columns,
          delimiter: unit.delimiter,
          select: unit.select?.sql,
          files: unit.files.map((file, i) => [file.relation, file.format, sha256[i]]),
        }),
      )
      .digest();
    let fileId = key.readUInt32BE(0) >>> 1;
    const planned: PlannedUnit = {
      ...unit,
      key: key.toString('hex'),
      fileId,
      sha256,
      bytes: unit.files.map((file) => statSync(file.absolute).size),
    };
    const first = byKey.get(planned.key);
    if (first) {
      plan.duplicates.push({ unit: planned, of: first });
      continue;
    }
    while (ids.has(fileId)) fileId = (fileId + 1) & 0x7fffffff;
    ids.add(fileId);
    planned.fileId = fileId;
    byKey.set(planned.key, planned);
    plan.units.push(planned);
  }
  return plan;
}
