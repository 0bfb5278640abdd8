import { quoteText } from '../warehouse/columns.ts';
import type { Cell, Warehouse } from '../warehouse/warehouse.ts';
import type { FileAccount, LoadWarning, PlannedUnit } from './load-unit.ts';

const literal = (value: Cell | undefined): string =>
  value === null || value === undefined ? 'null' : typeof value === 'string' ? quoteText(value) : String(value);

const insert = (warehouse: Warehouse, table: string, values: (Cell | undefined)[]): Promise<void> =>
  warehouse.run(`insert into ${table} values (${values.map(literal).join(', ')})`);

/** Writes the accounts of a unit's files. */
export async function writeAccounts(warehouse: Warehouse, unit: PlannedUnit, accounts: FileAccount[]): Promise<void> {
  for (const [i, account] of accounts.entries()) {
    const { file, refusal, mapped } = account;
    await insert(warehouse, 'raw_file', [
      refusal ? null : unit.fileId,
      unit.table,
      file.path,
      file.format,
      unit.bytes[i]!,
      unit.sha256[i]!,
      account.records,
      account.loaded,
      account.quarantined,
      0,
      refusal ? account.records : 0,
      refusal !== undefined,
      refusal?.code,
      refusal?.message,
      refusal?.fix,
      refusal?.line,
      mapped?.rows,
      mapped?.loaded,
      mapped?.quarantined,
      refusal ? null : unit.key,
      i,
    ]);
  }
}

/** Writes the accounts of files that give what another file already gives. */
export async function writeDuplicate(warehouse: Warehouse, unit: PlannedUnit, of: PlannedUnit): Promise<void> {
  for (const [i, file] of unit.files.entries()) {
    const [original] = await warehouse.rows<{ records: number; is_refused: boolean; reason_code: string; fix: string }>(
      `select records::double as records, is_refused, reason_code, fix from raw_file
        where table_name = ${quoteText(unit.table)} and path = ${quoteText(of.files[i]!.path)} and position = ${i} and reason_code is distinct from 'DUPLICATE_FILE'`,
    );
    const { records, is_refused: refused } = original!;
    await insert(warehouse, 'raw_file', [
      null,
      unit.table,
      file.path,
      file.format,
      unit.bytes[i]!,
      unit.sha256[i]!,
      records,
      0,
      0,
      refused ? 0 : records,
      refused ? records : 0,
      refused,
      refused ? original!.reason_code : 'DUPLICATE_FILE',
      `the file has the same content as ${of.files[i]!.path}${refused ? ', which is refused' : ''}`,
      refused ? original!.fix : null,
      null,
      null,
      null,
      null,
      null,
      i,
    ]);
  }
}

export async function writeWarnings(
  warehouse: Warehouse,
  warnings: readonly LoadWarning[],
  unitKey: string | null,
): Promise<void> {
  for (const { table, path, column, code, rows, message } of warnings) {
    await insert(warehouse, 'load_warning', [table, path, column, code, rows, message, unitKey]);
  }
}
