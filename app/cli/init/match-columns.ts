import { contractOf, type TableName } from '../../../data/contract/tables.ts';
import { normalName, synonymsOf } from './synonyms.ts';

export interface ColumnMatch {
  /** Contract column to the file's name, for every column found. */
  columns: Record<string, string>;
  /** Required contract columns that nothing in the file looks like. */
  missing: string[];
  /** Columns of the file that match nothing. */
  unmatched: string[];
}

/**
 * Matches the columns of a file to a table of the contract: by the exact name first, then without case and punctuation,
 * then by well-known synonyms. A column of the file is used once. O(columns x synonyms).
 *
 * `matchColumns('sales', ['Date', 'SKU', 'store', 'qty'])` takes SKU as product_id, store as location_id, qty as quantity.
 */
export function matchColumns(table: TableName, header: readonly string[]): ColumnMatch {
  const contract = contractOf(table);
  const wanted = Object.keys(contract.columns);
  const columns: Record<string, string> = {};
  const taken = new Set<string>();
  const take = (column: string, found: string | undefined): void => {
    if (found === undefined || taken.has(found) || columns[column] !== undefined) return;
    columns[column] = found;
    taken.add(found);
  };
  for (const column of wanted)
    take(
      column,
      header.find((name) => name === column),
    );
  for (const column of wanted) {
    take(
      column,
      header.find((name) => !taken.has(name) && normalName(name) === normalName(column)),
    );
  }
  // required columns choose first, so that an optional one does not take their only candidate
  const byNeed = [...wanted].sort(
    (a, b) => Number(contract.columns[b]!.required ?? false) - Number(contract.columns[a]!.required ?? false),
  );
  for (const column of byNeed) {
    for (const synonym of synonymsOf(table, column)) {
      take(
        column,
        header.find((name) => !taken.has(name) && normalName(name) === synonym),
      );
    }
  }
  return {
    columns: Object.fromEntries(
      wanted.filter((column) => column in columns).map((column) => [column, columns[column]!]),
    ),
    missing: wanted.filter((column) => contract.columns[column]!.required && !(column in columns)),
    unmatched: header.filter((name) => !taken.has(name)),
  };
}
