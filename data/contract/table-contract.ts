import type { ColumnContract } from './columns.ts';

/** A rule between the columns of a row; a row that breaks it goes to quarantine. */
export type RowRule =
  /** The second date must not lie before the first. */
  | { kind: 'in_order'; first: string; second: string }
  /** One of the columns has a value, and only one. */
  | { kind: 'exactly_one'; columns: readonly string[] };

export interface TableContract {
  about: string;
  /** The key; one row is the truth for each. Optional columns of the key may be empty. */
  key: readonly string[];
  columns: Readonly<Record<string, ColumnContract>>;
  rules?: readonly RowRule[];
  /** Columns that the contract does not name are kept as free attributes. */
  freeAttributes?: boolean;
}
