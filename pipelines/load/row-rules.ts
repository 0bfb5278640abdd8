import type { RowRule } from '../../data/contract/table-contract.ts';
import { contractOf, type TableName } from '../../data/contract/tables.ts';
import { quoteName } from '../warehouse/columns.ts';
import type { Reason, TypedColumn } from './typed-columns.ts';

/** Adds the rules between columns to the columns at which people should look. */
export function withRowRules(table: TableName, columns: readonly TypedColumn[]): TypedColumn[] {
  const { rules: given = [], columns: contract } = contractOf(table);
  const isAllOptional = Object.values(contract).every(({ required }) => !required);
  const rules = [...given.map(ruleOf), ...(isAllOptional ? [saysSomething(Object.keys(contract))] : [])];
  return columns.map((column) => {
    const own = rules.filter(({ reason }) => reason.column === column.name);
    return {
      ...column,
      isGood: [column.isGood, ...own.map(({ holds }) => holds)].map((condition) => `(${condition})`).join(' and '),
      breaks: [...column.breaks, ...own.map(({ holds, reason }) => ({ condition: `not (${holds})`, reason }))],
    };
  });
}

const typed = (name: string): string => quoteName(`v_${name}`);

interface RuleSql {
  holds: string;
  reason: Reason;
}

/** Where no column is required, a row of empty ones would pass; a record that could not be read looks like that too. */
function saysSomething(names: readonly string[]): RuleSql {
  return {
    holds: names.map((name) => `${typed(name)} is not null`).join(' or '),
    reason: { column: names[0]!, code: 'EMPTY_ROW', message: 'the row says nothing' },
  };
}

/** SQL that is true where a rule holds or cannot be told, and what to say where it does not. */
function ruleOf(rule: RowRule): RuleSql {
  if (rule.kind === 'in_order') {
    const { first, second } = rule;
    return {
      holds: `coalesce(${typed(second)} >= ${typed(first)}, true)`,
      reason: { column: second, code: 'WRONG_ORDER', message: `${second} "{value}" is before ${first}` },
    };
  }
  const given = rule.columns.map((name) => `(${typed(name)} is not null)::integer`).join(' + ');
  return {
    holds: `${given} = 1`,
    reason: {
      column: rule.columns[0]!,
      code: 'NOT_EXACTLY_ONE',
      message: `give exactly one of ${rule.columns.join(', ')}`,
    },
  };
}
