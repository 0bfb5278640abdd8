import { contractOf, type TableName } from '../../data/contract/tables.ts';
import { quoteName } from '../warehouse/columns.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';

/** Below it a plain GROUP BY is quick enough. */
const FEW_ROWS = 200_000;
/** Memory that the bitmaps may take, in bytes. */
const MAX_BITMAP_BYTES = 128 * 1024 * 1024;

/**
 * Whether no key occurs twice, by one bitmap of days per combination of the other key columns; much cheaper than a
 * GROUP BY of all keys where combinations come back day after day. Undefined: this way does not fit the table.
 */
async function isUniqueByDays(warehouse: Warehouse, table: TableName, stage: string): Promise<boolean | undefined> {
  const contract = contractOf(table);
  const day = contract.key.find((column) => contract.columns[column]!.type === 'date');
  if (day === undefined) return undefined;
  const others = contract.key.filter((column) => column !== day).map(quoteName);
  if (others.length === 0) return undefined;
  const values = { stage, day: quoteName(day), others: others.join(', ') };
  const [range] = await warehouse.rows<{ first: string | null; days: number; others: number }>(
    `select min(${values.day})::varchar as first, (max(${values.day}) - min(${values.day}))::double as days,
      approx_count_distinct((${values.others}))::double as others from ${stage} where _ok`,
  );
  if (range!.first === null) return true;
  if ((range!.days / 8 + 32) * range!.others > MAX_BITMAP_BYTES) return undefined;
  const [counts] = await warehouse.rows<{ rows: number; days: number }>(
    `select coalesce(sum(n), 0)::double as rows, coalesce(sum(bit_count(days)), 0)::double as days from (
      select count(*) as n, bitstring_agg((${values.day} - date '${range!.first}')::integer, 0, ${range!.days}) as days
      from ${stage} where _ok group by ${values.others})`,
  );
  return counts!.rows === counts!.days;
}

/**
 * Takes rows out (`_ok` false) that contradict each other: same key, same known_at, other values, in one file. None of
 * them is kept, as nothing tells which is right; rows that say the same all stay, and staging makes them one.
 *
 * @returns number of rows taken out
 */
export async function rejectConflicts(warehouse: Warehouse, table: TableName, stage: string): Promise<number> {
  const contract = contractOf(table);
  const [count] = await warehouse.rows<{ n: number }>(`select count(*)::double as n from ${stage} where _ok`);
  if (count!.n < 2) return 0;
  if (count!.n > FEW_ROWS && (await isUniqueByDays(warehouse, table, stage))) return 0;
  const key = [...contract.key, ...('known_at' in contract.columns ? ['known_at'] : [])].map(quoteName);
  const values = {
    stage,
    key: key.join(', '),
    same: key.map((k) => `a.${k} is not distinct from b.${k}`).join(' and '),
  };
  const content = [...Object.keys(contract.columns).map(quoteName), ...(contract.freeAttributes ? ['attributes'] : [])];
  await warehouse.runFile('load/conflicts', { ...values, content: content.join(', ') });
  const [conflicts] = await warehouse.rows<{ n: number }>('select count(*)::double as n from load_conflict');
  if (conflicts!.n > 0) await warehouse.runFile('load/reject_conflicts', values);
  return conflicts!.n;
}
