import { contractOf } from '../../data/contract/tables.ts';
import { quoteName, quoteText } from '../warehouse/columns.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { BrokenRecord } from './readable-file.ts';
import { diagnosis, type Mapping, reasonsOf } from './stage.ts';

/** Whose rows go to quarantine. */
export interface QuarantineOwner {
  fileId: number;
  table: string;
  path: string;
  /** The rows come from a SELECT, not straight from the file. */
  isMapped: boolean;
}

const literals = (owner: QuarantineOwner): Record<string, string> => ({
  file_id: String(owner.fileId),
  table_name: quoteText(owner.table),
  path: quoteText(owner.path),
  is_mapped: String(owner.isMapped),
});

const keyOf = (mapping: Mapping): string => quoteText(contractOf(mapping.table).key.join(', '));

/** Quarantines records that could not be read at all. */
export async function quarantineBroken(
  warehouse: Warehouse,
  owner: QuarantineOwner,
  broken: readonly BrokenRecord[],
): Promise<void> {
  if (broken.length === 0) return;
  await warehouse.write(
    'load_broken',
    { line: 'f64', code: 'text', message: 'text', raw: 'text' },
    {
      line: Float64Array.from(broken, ({ line }) => line),
      code: broken.map(({ code }) => code),
      message: broken.map(({ message }) => message),
      raw: broken.map(({ raw }) => raw),
    },
  );
  await warehouse.runFile('load/quarantine_broken', literals(owner));
}

/** Ordinals, ascending, of the rows of a stage that do not keep to the contract. */
export async function badOrdinals(warehouse: Warehouse, stage: string): Promise<Int32Array> {
  await warehouse.runFile('load/bad_ordinals', { stage });
  const { columns } = await warehouse.read('load_bad', { ordinal: 'i32' }, ['ordinal']);
  return columns.ordinal;
}

async function writeReasons(warehouse: Warehouse, mapping: Mapping): Promise<void> {
  const reasons = reasonsOf(mapping);
  await warehouse.write(
    'load_reason',
    { reason: 'i32', column_name: 'text', code: 'text', message: 'text' },
    {
      reason: Int32Array.from(reasons, (_, i) => i),
      column_name: reasons.map(({ column }) => column),
      code: reasons.map(({ code }) => code),
      message: reasons.map(({ message }) => message),
    },
  );
}

/**
 * Quarantines rows whose values break the contract, each with the first column that does.
 *
 * @param rows their lines (NaN: not known) and text, in the order of `relation`
 * @param relation SQL of the rows as given, with columns c0, c1, ...
 */
export async function quarantineRows(
  warehouse: Warehouse,
  owner: QuarantineOwner,
  mapping: Mapping,
  rows: { lines: Float64Array; raw: string[] },
  relation: string,
): Promise<void> {
  if (rows.raw.length === 0) return;
  await warehouse.write(
    'load_bad_row',
    { n: 'i32', line: 'f64', raw: 'text' },
    { n: Int32Array.from(rows.raw, (_, i) => i), line: rows.lines, raw: rows.raw },
  );
  await writeReasons(warehouse, mapping);
  await warehouse.run(
    `create or replace temp table load_bad_value as select *, row_number() over () - 1 as n from ${relation}`,
  );
  await warehouse.runFile('load/quarantine_rows', {
    ...literals(owner),
    key: keyOf(mapping),
    diagnosis: diagnosis(mapping, 'load_bad_value'),
  });
}

/** Quarantines the bad rows of a stage made by `fillMapped`. */
export async function quarantineMapped(
  warehouse: Warehouse,
  owner: QuarantineOwner,
  mapping: Mapping,
  stage: string,
): Promise<void> {
  await writeReasons(warehouse, mapping);
  const content = mapping.columns.map(({ name }) => `${quoteName(name)} := stage.${quoteName(name)}`).join(', ');
  await warehouse.runFile('load/quarantine_mapped', {
    ...literals(owner),
    key: keyOf(mapping),
    stage,
    content: `struct_pack(${content})`,
  });
}
