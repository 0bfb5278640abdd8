import type { Manifest } from '../../pipelines/snapshot/snapshot-store.ts';
import { sqlText } from '../../pipelines/warehouse/sql-files.ts';
import type { Cell, Warehouse } from '../../pipelines/warehouse/warehouse.ts';

export type Row = Record<string, Cell>;

/** What the report's sections read: a snapshot, and what its manifest says. */
export class SnapshotRows {
  readonly manifest: Manifest;
  readonly #reader: Warehouse;

  constructor(reader: Warehouse, manifest: Manifest) {
    this.#reader = reader;
    this.manifest = manifest;
  }

  /** Whether the snapshot has the mart, with at least one row. */
  has(mart: string): boolean {
    return this.manifest.marts.some(({ name, rows }) => name === mart && rows > 0);
  }

  /** Rows of `sql/report/<name>.sql`. */
  read(name: string, values: Record<string, string> = {}): Promise<Row[]> {
    return this.#reader.rows(sqlText(`report/${name}`, values));
  }
}

export const text = (row: Row, column: string): string =>
  row[column] === null || row[column] === undefined ? '' : String(row[column]);
export const number = (row: Row, column: string): number => Number(row[column] ?? Number.NaN);
