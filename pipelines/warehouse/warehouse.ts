import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { isoDateOf } from '../../data/day.ts';
import { LeadtimeError } from '../../errors.ts';
import {
  type ColumnSpec,
  type Columns,
  quoteName,
  quoteText,
  readColumns,
  streamColumns,
  writeColumns,
} from './columns.ts';
import { sqlText } from './sql-files.ts';
import { type BuiltModel, buildModels } from './sql-models.ts';

/** The value of one cell of a small result. Dates and timestamps come as ISO text, big integers as numbers. */
export type Cell = string | number | boolean | null;
export type Row = Record<string, Cell>;

/**
 * The pipeline's own DuckDB file. One process owns it; readers use snapshots.
 * Statements run one after another on one connection.
 */
export class Warehouse {
  readonly connection: DuckDBConnection;
  readonly #instance: DuckDBInstance;
  #inTransaction = false;

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection) {
    this.#instance = instance;
    this.connection = connection;
  }

  /** Opens or creates the file; `:memory:` keeps it in memory. */
  static async open(file: string, options: { threads?: number; memoryLimit?: string } = {}): Promise<Warehouse> {
    const settings: Record<string, string> = {};
    if (options.threads) settings.threads = String(options.threads);
    if (options.memoryLimit) settings.memory_limit = options.memoryLimit;
    const instance = await DuckDBInstance.create(file, settings);
    const connection = await instance.connect();
    await connection.run("set timezone = 'UTC'");
    return new Warehouse(instance, connection);
  }

  /** Sets what SQL reads with `getvariable(name)`. */
  async setVariable(name: string, value: string | number): Promise<void> {
    await this.connection.run(`set variable ${name} = ${typeof value === 'number' ? value : quoteText(value)}`);
  }

  /** Sets `getvariable('as_of')`, a DATE. */
  async setAsOf(asOf: number): Promise<void> {
    await this.connection.run(`set variable as_of = date '${isoDateOf(asOf)}'`);
  }

  async run(sql: string): Promise<void> {
    await this.#guard(() => this.connection.run(sql));
  }

  /** Runs `sql/<name>.sql` with `${key}` replaced by `values[key]`, which must be quoted SQL already. */
  async runFile(name: string, values: Record<string, string> = {}): Promise<void> {
    await this.run(sqlText(name, values));
  }

  /** A small result as objects; not for hot paths. */
  async rows<T extends object = Row>(sql: string): Promise<T[]> {
    const reader = await this.#guard(() => this.connection.runAndReadAll(sql));
    const names = reader.columnNames();
    const isNumber = reader
      .columnTypes()
      .map((type) => /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DECIMAL\(.*\))$/.test(String(type)));
    return reader.getRowsJson().map((cells) => {
      const row: Row = {};
      names.forEach((name, i) => {
        const cell = cells[i] as Cell;
        row[name] = isNumber[i] && typeof cell === 'string' ? Number(cell) : cell;
      });
      return row as T;
    });
  }

  /** A small relation as objects, ordered. */
  async readRows<T extends object = Row>(relation: string, orderBy: readonly string[] = []): Promise<T[]> {
    const order = orderBy.length > 0 ? ` order by ${orderBy.map(quoteName).join(', ')}` : '';
    return this.rows<T>(`from ${quoteName(relation)}${order}`);
  }

  /** A relation as typed arrays over shared memory. */
  async read<Spec extends ColumnSpec>(
    relation: string,
    spec: Spec,
    orderBy: readonly string[] = [],
  ): Promise<{ rows: number; columns: Columns<Spec> }> {
    return this.#guard(() => readColumns(this.connection, relation, spec, orderBy));
  }

  /** Visits a relation chunk by chunk without holding it whole. */
  async stream<Spec extends ColumnSpec>(
    relation: string,
    spec: Spec,
    orderBy: readonly string[],
    visit: (chunk: Columns<Spec>, rows: number) => void,
  ): Promise<void> {
    await this.#guard(() => streamColumns(this.connection, relation, spec, orderBy, visit));
  }

  /** Creates or replaces a table from typed arrays. */
  async write<Spec extends ColumnSpec>(table: string, spec: Spec, columns: Columns<Spec>): Promise<void> {
    await this.#guard(() => writeColumns(this.connection, table, spec, columns));
  }

  /** Builds the named SQL models (files under `sql/`) and what they read, in dependency order. */
  async build(models: readonly string[]): Promise<BuiltModel[]> {
    return this.#guard(() => buildModels(this, models));
  }

  async hasRelation(name: string): Promise<boolean> {
    return (await this.rows(`select 1 from duckdb_tables() where table_name = ${quoteText(name)}`)).length > 0;
  }

  /** Runs `work` in one transaction: all of it or nothing. Inside another transaction it is part of that one. */
  async transaction<T>(work: () => Promise<T>): Promise<T> {
    if (this.#inTransaction) return work();
    await this.run('begin transaction');
    this.#inTransaction = true;
    try {
      const result = await work();
      await this.run('commit');
      return result;
    } catch (error) {
      await this.connection.run('rollback').catch(() => undefined);
      throw error;
    } finally {
      this.#inTransaction = false;
    }
  }

  async checkpoint(): Promise<void> {
    await this.run('checkpoint');
  }

  close(): void {
    this.connection.closeSync();
    this.#instance.closeSync();
  }

  /** Names the failures that people can do something about. */
  async #guard<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      if (/No space left on device|ENOSPC|Could not (write|allocate).*disk/i.test(text)) {
        throw new LeadtimeError(
          'DISK_FULL',
          `The disk is full: ${text.split('\n')[0]}`,
          'Free space and run again; the last published snapshot is untouched and finished steps are kept.',
          {},
          { cause: error },
        );
      }
      if (/Out of Memory Error/i.test(text)) {
        throw new LeadtimeError(
          'MEMORY_FULL',
          `The memory limit was reached: ${text.split('\n')[0]}`,
          'Free memory, or run on a machine with more; finished steps are kept.',
          {},
          { cause: error },
        );
      }
      throw error;
    }
  }
}
