import { contractOf, type TableName } from '../../data/contract/tables.ts';
import { quoteName, quoteText } from '../warehouse/columns.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { FileColumn } from './readable-file.ts';
import { withRowRules } from './row-rules.ts';
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
    columns: withRowRules(
      table,
      Object.keys(contract.columns).map((name) => {
        const at = positions.get(name);
        return typedColumn(
          table,
          name,
          at === undefined ? undefined : `c${at}`,
          at === undefined ? '' : columns[at]!.type,
        );
      }),
    ),
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

/** The table's columns from `v_<name>`, and the free attributes. */
function contractColumns(mapping: Mapping): string {
  const columns = mapping.columns.map((c) => `${quoteName(`v_${c.name}`)} as ${quoteName(c.name)}`);
  if (contractOf(mapping.table).freeAttributes) {
    const pairs = mapping.attributes.map(({ name, raw }) => `${quoteText(name)}, ${raw}`).join(', ');
    columns.push(`json_object(${pairs})::varchar as attributes`);
  }
  return columns.join(', ');
}

const isGood = (mapping: Mapping): string => mapping.columns.map((c) => `(${c.isGood})`).join(' and ');

/** Fills a table with the contract's columns and `_ok`, whether the row keeps to the contract; row i is record i. */
export async function fillStage(
  warehouse: Warehouse,
  stage: string,
  mapping: Mapping,
  relation: string,
  isTemporary: boolean,
): Promise<void> {
  await warehouse.runFile('load/fill_stage', {
    temporary: isTemporary ? 'temp' : '',
    stage: quoteName(stage),
    columns: contractColumns(mapping),
    is_good: isGood(mapping),
    relation: withValues(mapping, relation),
  });
}

/**
 * As `fillStage`, for rows that come in no fixed order and can be had only once: each bad row keeps its reason, the
 * value that breaks it and its text.
 *
 * @param line SQL of the line number
 */
export async function fillMapped(
  warehouse: Warehouse,
  stage: string,
  mapping: Mapping,
  columns: readonly FileColumn[],
  relation: string,
  line: string,
): Promise<void> {
  const { reason, value } = diagnosisCases(mapping);
  const given = columns.map(({ name }, i) => `${quoteName(name)} := c${i}`).join(', ');
  await warehouse.runFile('load/fill_mapped', {
    stage: quoteName(stage),
    columns: contractColumns(mapping),
    is_good: isGood(mapping),
    relation: withValues(mapping, relation),
    line,
    reason,
    value: value('_reason'),
    raw: `struct_pack(${given})`,
  });
}

/** The ways in which rows of a mapping can break the contract. */
export function reasonsOf(mapping: Mapping): Reason[] {
  return mapping.columns.flatMap((c) => c.breaks.map(({ reason }) => reason));
}

/** SQL of the index of the first broken rule (NULL: none), and of the value that breaks the rule of an index. */
function diagnosisCases(mapping: Mapping): { reason: string; value: (reason: string) => string } {
  const broken = mapping.columns.flatMap((column) => column.breaks.map(({ condition }) => ({ column, condition })));
  return {
    reason: `case ${broken.map(({ condition }, i) => `when ${condition} then ${i}`).join(' ')} end`,
    value: (reason) =>
      `case ${reason} ${broken.map(({ column }, i) => `when ${i} then cast(${column.raw} as varchar)`).join(' ')} end`,
  };
}

/** SELECT of `n`, `reason` and `value`, as `diagnosisCases` tells, from a relation with a row number `n`. */
export function diagnosis(mapping: Mapping, relation: string): string {
  const { reason, value } = diagnosisCases(mapping);
  return `select n, reason, ${value('reason')} as value
    from (select *, ${reason} as reason from (${withValues(mapping, relation)}))`;
}
