/** A column's type in the contract. `money` is in the config's currency, `quantity` in units of the product. */
export type ColumnType =
  | 'text'
  | 'integer'
  | 'quantity'
  | 'money'
  | 'number'
  | 'fraction'
  | 'boolean'
  | 'date'
  | 'timestamp';

export interface ColumnContract {
  type: ColumnType;
  /** A row without it goes to quarantine. */
  required?: boolean;
  /** Smallest and largest value that can be meant; outside it the row goes to quarantine. */
  min?: number;
  max?: number;
  /** The only values allowed. */
  oneOf?: readonly string[];
  about: string;
}

/** What counts as absurd for one row: a billion units, or a million million of money. */
export const MAX_QUANTITY = 1e9;
export const MAX_MONEY = 1e12;

export const text = (about: string): ColumnContract => ({ type: 'text', about });
export const date = (about: string): ColumnContract => ({ type: 'date', about });
export const flag = (about: string): ColumnContract => ({ type: 'boolean', about });
export const money = (about: string): ColumnContract => ({ type: 'money', min: 0, max: MAX_MONEY, about });
export const quantity = (about: string): ColumnContract => ({ type: 'quantity', min: 0, max: MAX_QUANTITY, about });
export const days = (about: string): ColumnContract => ({ type: 'number', min: 0, max: 3650, about });
export const required = (column: ColumnContract): ColumnContract => ({ ...column, required: true });
export const knownAt: ColumnContract = { type: 'timestamp', about: 'when this row became known; empty: see the table' };
