import type { ColumnContract, ColumnType } from '../../data/contract/columns.ts';
import { contractOf, type TableName } from '../../data/contract/tables.ts';
import { quoteName, quoteText } from '../warehouse/columns.ts';

/** Dates outside are taken for mistakes; 9999-12-31 is in use for "never". */
const FIRST_DATE = '1900-01-01';
const LAST_DATE = '9999-12-31';

export const DUCKDB_TYPES: Record<ColumnType, string> = {
  text: 'varchar',
  integer: 'bigint',
  quantity: 'double',
  money: 'double',
  number: 'double',
  fraction: 'double',
  boolean: 'boolean',
  date: 'date',
  timestamp: 'timestamp',
};

/** One way in which a value breaks the contract. `{value}` in the message stands for it. */
export interface Reason {
  column: string;
  code: string;
  message: string;
}

export interface TypedColumn {
  name: string;
  /** SQL of the value as given, and of the value in the contract's type (NULL where it cannot be). */
  raw: string;
  value: string;
  /** SQL condition that the value is allowed; `v` stands for the typed value. */
  isGood: string;
  /** SQL conditions of the ways to break the contract, the first that is true counts. */
  breaks: { condition: string; reason: Reason }[];
}

const isNumber = (type: string): boolean =>
  /^(U?(TINY|SMALL|BIG|HUGE)?INT|INTEGER|UINTEGER|FLOAT|DOUBLE|DECIMAL)/.test(type);
const isTime = (type: string): boolean => /^(DATE|TIMESTAMP)/.test(type);

/** SQL that casts `raw`, a column of a DuckDB type, to the contract's type without loss; NULL where it cannot be. */
function cast(type: ColumnType, raw: string, sourceType: string): string {
  const text = sourceType === 'VARCHAR' ? raw : `cast(${raw} as varchar)`;
  switch (type) {
    case 'text':
      if (sourceType !== 'VARCHAR') return text;
      return `case when prefix(${raw}, ' ') or suffix(${raw}, ' ') then nullif(trim(${raw}), '') else nullif(${raw}, '') end`;
    case 'integer':
      if (isNumber(sourceType)) return `case when ${raw} = floor(${raw}) then try_cast(${raw} as bigint) end`;
      return `case when try_cast(${text} as double) = floor(try_cast(${text} as double)) then try_cast(${text} as bigint) end`;
    case 'boolean':
      if (sourceType === 'BOOLEAN') return raw;
      return `try_cast(trim(${text}) as boolean)`;
    case 'date':
      // A cast from text to DATE lets trailing rubbish pass; the one to TIMESTAMP does not.
      if (isTime(sourceType)) return `cast(${raw} as date)`;
      return `coalesce(try_cast(${text} as timestamp), try_cast(trim(${text}) as timestamp))::date`;
    case 'timestamp':
      if (isTime(sourceType)) return `cast(${raw} as timestamp)`;
      // With an offset it is brought to UTC, without one it is taken as UTC.
      return `try_cast(trim(${text}) as timestamptz)::timestamp`;
    default:
      return isNumber(sourceType) ? `cast(${raw} as double)` : `try_cast(${text} as double)`;
  }
}

const NOT_OF_TYPE: Record<ColumnType, { code: string; say: string }> = {
  text: { code: 'INVALID_TEXT', say: 'is not text' },
  integer: { code: 'NOT_A_NUMBER', say: 'is not a whole number; write digits only, such as 3' },
  quantity: {
    code: 'NOT_A_NUMBER',
    say: 'is not a number; write it as 1234.5, with a point and no thousands separator',
  },
  money: { code: 'NOT_A_NUMBER', say: 'is not a number; write it as 1234.5, without currency or thousands separator' },
  number: { code: 'NOT_A_NUMBER', say: 'is not a number; write it as 1234.5, with a point and no thousands separator' },
  fraction: { code: 'NOT_A_NUMBER', say: 'is not a number; write a fraction such as 0.95' },
  boolean: { code: 'NOT_A_BOOLEAN', say: 'is not true or false' },
  date: { code: 'NOT_A_DATE', say: 'is not a date; write year-month-day, such as 2024-03-31' },
  timestamp: { code: 'NOT_A_TIMESTAMP', say: 'is not a time; write it as 2024-03-31 18:00:00' },
};

/** The limits of a value: SQL that holds when it is inside, and the words. */
function limits(contract: ColumnContract, value: string): { inside: string; code: string; say: string } | undefined {
  if (contract.oneOf) {
    const list = contract.oneOf.map(quoteText).join(', ');
    return { inside: `${value} in (${list})`, code: 'NOT_ALLOWED', say: `is not one of ${contract.oneOf.join(', ')}` };
  }
  if (contract.type === 'text' || contract.type === 'boolean') return undefined;
  if (contract.type === 'date' || contract.type === 'timestamp') {
    return {
      inside: `${value} >= date '${FIRST_DATE}' and cast(${value} as date) <= date '${LAST_DATE}'`,
      code: 'OUT_OF_RANGE',
      say: `is before ${FIRST_DATE} or after ${LAST_DATE}`,
    };
  }
  const min = contract.min ?? -Number.MAX_VALUE;
  const max = contract.max ?? Number.MAX_VALUE;
  const within =
    contract.min !== undefined && contract.max !== undefined
      ? `is outside ${contract.min} to ${contract.max}`
      : contract.min !== undefined
        ? `is below ${contract.min}`
        : 'is not finite';
  return { inside: `${value} between ${min} and ${max}`, code: 'OUT_OF_RANGE', say: within };
}

/**
 * How a contract column is read from a column of the given DuckDB type.
 *
 * @param raw SQL of the source column; undefined where the file has none
 */
export function typedColumn(
  table: TableName,
  name: string,
  raw: string | undefined,
  sourceType: string = 'VARCHAR',
): TypedColumn {
  const contract = contractOf(table).columns[name]!;
  if (raw === undefined) {
    return { name, raw: 'null', value: `null::${DUCKDB_TYPES[contract.type]}`, isGood: 'true', breaks: [] };
  }
  const value = cast(contract.type, raw, sourceType);
  const typed = quoteName(`v_${name}`);
  const bounds = limits(contract, typed);
  const blank = sourceType === 'VARCHAR' ? `coalesce(trim(${raw}) = '', true)` : `${raw} is null`;
  const inside = bounds?.inside ?? 'true';
  const isGood = contract.required
    ? `${typed} is not null and ${inside}`
    : `case when ${typed} is null then ${contract.type === 'text' ? 'true' : blank} else ${inside} end`;
  const { code, say } = NOT_OF_TYPE[contract.type];
  const breaks = [
    {
      condition: contract.required ? blank : 'false',
      reason: { column: name, code: 'MISSING_VALUE', message: `${name} is empty; every row of ${table} needs it` },
    },
    {
      condition: `${typed} is null and not ${blank}`,
      reason: { column: name, code, message: `${name} "{value}" ${say}` },
    },
  ];
  if (bounds) {
    breaks.push({
      condition: `${typed} is not null and not coalesce(${bounds.inside}, false)`,
      reason: { column: name, code: bounds.code, message: `${name} "{value}" ${bounds.say}` },
    });
  }
  return { name, raw, value, isGood, breaks };
}
