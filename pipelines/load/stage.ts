import { contractOf, type TableName } from '../../data/contract/tables.ts';
import { quoteName, quoteText } from '../warehouse/columns.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { FileColumn } from './open-file.ts';
import { type Reason, type TypedColumn, typedColumn } from './typed-columns.ts';

/** How a relation with columns c0, c1, ... becomes a table of the contract. */
export interface Mapping {
  table: TableName;
  columns: TypedColumn[];
  /** Free attributes: name and SQL. */
  attributes: { name: string; raw: string }[];
}

/** @param positions of the contract's columns in the file; @param extra positions of free attributes */
export function mappingOf(
  table: TableName,
  columns: readonly FileColumn[],
  positions: ReadonlyMap<string, number>,
  extra: readonly number[],
): Mapping {
  const contract = contractOf(table);
  return {
    table,
    columns: Object.keys(contract.columns).map((name) => {
      const at = positions.get(name);
      return typedColumn(
        table,
        name,
        at === undefined ? undefined : `c${at}`,
        at === undefined ? '' : columns[at]!.type,
      );
    }),
    attributes: contract.freeAttributes
      ? extra
          .filter((at) => columns[at]!.name !== '')
          .map((at) => ({ name: columns[at]!.name, raw: `cast(c${at} as varchar)` }))
      : [],
  };
}

/** SELECT of the relation plus a typed column `v_<name>` for each of the contract. */
const withValues = (mapping: Mapping, relation: string): string =>
  `select *, ${mapping.columns.map((c) => `${c.value} as ${quoteName(`v_${c.name}`)}`).join(', ')} from ${relation}`;

/** Fills a table with the contract's columns and `_ok`, whether the row keeps to the contract; row i is record i. */
export async function fillStage(
  warehouse: Warehouse,
  stage: string,
  mapping: Mapping,
  relation: string,
  isTemporary: boolean,
): Promise<void> {
  const columns = mapping.columns.map((c) => `${quoteName(`v_${c.name}`)} as ${quoteName(c.name)}`);
  if (contractOf(mapping.table).freeAttributes) {
    const pairs = mapping.attributes.map(({ name, raw }) => `${quoteText(name)}, ${raw}`).join(', ');
    columns.push(`json_object(${pairs})::varchar as attributes`);
  }
  await warehouse.runFile('load/fill_stage', {
    temporary: isTemporary ? 'temp' : '',
    stage: quoteName(stage),
    columns: columns.join(', '),
    is_good: mapping.columns.map((c) => `(${c.isGood})`).join(' and '),
    relation: withValues(mapping, relation),
  });
}

/** The ways in which rows of a mapping can break the contract. */
export function reasonsOf(mapping: Mapping): Reason[] {
  return mapping.columns.flatMap((c) => c.breaks.map(({ reason }) => reason));
}

/** SELECT, from a relation with a row number `n`, of `n`, `reason`, the index of the first broken rule (NULL: none), and `value`, the text that breaks it. */
export function diagnosis(mapping: Mapping, relation: string): string {
  const cases: string[] = [];
  const values: string[] = [];
  for (const column of mapping.columns) {
    for (const { condition } of column.breaks) {
      values.push(`when ${cases.length} then cast(${column.raw} as varchar)`);
      cases.push(`when ${condition} then ${cases.length}`);
    }
  }
  return `select n, reason, case reason ${values.join(' ')} end as value
    from (select *, case ${cases.join(' ')} end as reason from (${withValues(mapping, relation)}))`;
}
