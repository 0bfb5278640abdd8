import {
  BOOLEAN,
  DATE,
  DOUBLE,
  type DuckDBConnection,
  DuckDBDataChunk,
  type DuckDBType,
  FLOAT,
  INTEGER,
  VARCHAR,
} from '@duckdb/node-api';
import duckdb from '@duckdb/node-bindings';

/**
 * How a column is held in memory. A NULL is NaN in `f32` and `f64`, `NO_VALUE` in `i32` and `day` (days since
 * 1970-01-01), 0 in `flag`, and '' in `text`. Written back, NaN, `NO_VALUE` and a null text become NULL.
 */
export type ColumnKind = 'i32' | 'f32' | 'f64' | 'flag' | 'day' | 'text';
export type ColumnSpec = Record<string, ColumnKind>;

/** NULL of an integer or a day. */
export const NO_VALUE = -2147483648;

type ArrayOf = {
  i32: Int32Array;
  f32: Float32Array;
  f64: Float64Array;
  flag: Uint8Array;
  day: Int32Array;
  text: (string | null)[];
};

/** Column arrays of one length, by name. */
export type Columns<Spec extends ColumnSpec> = { [Name in keyof Spec]: ArrayOf[Spec[Name]] };

const ROWS_PER_CHUNK = 2048;

const kinds: Record<ColumnKind, { type: DuckDBType; bytes: number; select: (name: string) => string }> = {
  i32: { type: INTEGER, bytes: 4, select: (name) => `coalesce(cast(${name} as integer), ${NO_VALUE})` },
  day: {
    type: DATE,
    bytes: 4,
    select: (name) => `coalesce(cast(${name} as date) - date '1970-01-01', ${NO_VALUE})::integer`,
  },
  f32: { type: FLOAT, bytes: 4, select: (name) => `coalesce(cast(${name} as float), 'NaN'::float)` },
  f64: { type: DOUBLE, bytes: 8, select: (name) => `coalesce(cast(${name} as double), 'NaN'::double)` },
  flag: { type: BOOLEAN, bytes: 1, select: (name) => `coalesce(cast(${name} as boolean), false)` },
  text: { type: VARCHAR, bytes: 0, select: (name) => `coalesce(cast(${name} as varchar), '')` },
};

export const quoteName = (name: string): string => `"${name.replaceAll('"', '""')}"`;
export const quoteText = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** An array of `length` values over shared memory, so that worker threads read it without a copy. */
function allocate(kind: ColumnKind, length: number): ArrayOf[ColumnKind] {
  if (kind === 'text') return new Array<string>(length).fill('');
  const buffer = new SharedArrayBuffer(length * kinds[kind].bytes);
  if (kind === 'f32') return new Float32Array(buffer as unknown as ArrayBuffer);
  if (kind === 'f64') return new Float64Array(buffer as unknown as ArrayBuffer);
  if (kind === 'flag') return new Uint8Array(buffer as unknown as ArrayBuffer);
  return new Int32Array(buffer as unknown as ArrayBuffer);
}

/** Calls `visit` with the arrays of each chunk of a relation, in order; the arrays are only valid during the call. */
export async function streamColumns<Spec extends ColumnSpec>(
  connection: DuckDBConnection,
  relation: string,
  spec: Spec,
  orderBy: readonly string[],
  visit: (chunk: Columns<Spec>, rows: number) => void,
): Promise<void> {
  const names = Object.keys(spec);
  const select = names.map((name) => `${kinds[spec[name]!].select(quoteName(name))} as ${quoteName(name)}`).join(', ');
  const order = orderBy.length > 0 ? ` order by ${orderBy.map(quoteName).join(', ')}` : '';
  const result = await connection.stream(`select ${select} from (from ${quoteName(relation)}${order})`);
  for (;;) {
    const chunk = await result.fetchChunk();
    if (!chunk || chunk.rowCount === 0) return;
    const rows = chunk.rowCount;
    const arrays: Record<string, unknown> = {};
    names.forEach((name, index) => {
      const kind = spec[name]!;
      if (kind === 'text') {
        arrays[name] = chunk.getColumnValues(index);
        return;
      }
      const bytes = duckdb.vector_get_data(duckdb.data_chunk_get_vector(chunk.chunk, index), rows * kinds[kind].bytes);
      if (kind === 'f64') arrays[name] = new Float64Array(bytes.buffer, bytes.byteOffset, rows);
      else if (kind === 'f32') arrays[name] = new Float32Array(bytes.buffer, bytes.byteOffset, rows);
      else if (kind === 'flag') arrays[name] = new Uint8Array(bytes.buffer, bytes.byteOffset, rows);
      else arrays[name] = new Int32Array(bytes.buffer, bytes.byteOffset, rows);
    });
    visit(arrays as Columns<Spec>, rows);
  }
}

/** Reads a relation whole into arrays over shared memory. O(rows), vector by vector. */
export async function readColumns<Spec extends ColumnSpec>(
  connection: DuckDBConnection,
  relation: string,
  spec: Spec,
  orderBy: readonly string[],
): Promise<{ rows: number; columns: Columns<Spec> }> {
  const counted = await connection.runAndReadAll(`select count(*)::integer from ${quoteName(relation)}`);
  const rows = Number(counted.getRows()[0]![0]);
  const columns: Record<string, ArrayOf[ColumnKind]> = {};
  for (const name of Object.keys(spec)) columns[name] = allocate(spec[name]!, rows);
  let at = 0;
  await streamColumns(connection, relation, spec, orderBy, (chunk, count) => {
    for (const name of Object.keys(spec)) {
      const from = (chunk as Record<string, ArrayOf[ColumnKind]>)[name]!;
      const to = columns[name]!;
      if (Array.isArray(to)) for (let i = 0; i < count; i++) to[at + i] = (from as string[])[i]!;
      else to.set(from as Int32Array, at);
    }
    at += count;
  });
  return { rows, columns: columns as Columns<Spec> };
}

function hasNull(kind: ColumnKind, values: ArrayLike<number>, from: number, to: number): boolean {
  if (kind === 'flag') return false;
  const float = kind === 'f32' || kind === 'f64';
  for (let i = from; i < to; i++) if (float ? Number.isNaN(values[i]) : values[i] === NO_VALUE) return true;
  return false;
}

/** Creates or replaces a table from arrays, by reused data chunks. O(rows). */
export async function writeColumns<Spec extends ColumnSpec>(
  connection: DuckDBConnection,
  table: string,
  spec: Spec,
  columns: Columns<Spec>,
): Promise<void> {
  const names = Object.keys(spec);
  const declared = names.map((name) => `${quoteName(name)} ${kinds[spec[name]!].type}`).join(', ');
  await connection.run(`create or replace table ${quoteName(table)} (${declared})`);
  const arrays = names.map((name) => (columns as Record<string, ArrayOf[ColumnKind]>)[name]!);
  const rows = arrays[0]?.length ?? 0;
  const uneven = names.find((_, i) => arrays[i]!.length !== rows);
  if (uneven) throw new RangeError(`${table}.${uneven} has another length than ${names[0]}`);
  const appender = await connection.createAppender(table);
  const chunk = DuckDBDataChunk.create(
    names.map((name) => kinds[spec[name]!].type),
    ROWS_PER_CHUNK,
  );
  const scratch = new ArrayBuffer(ROWS_PER_CHUNK * 8);
  for (let from = 0; from < rows; from += ROWS_PER_CHUNK) {
    const count = Math.min(ROWS_PER_CHUNK, rows - from);
    chunk.reset();
    chunk.rowCount = count;
    names.forEach((name, index) => {
      const kind = spec[name]!;
      const values = arrays[index]!;
      if (Array.isArray(values)) {
        chunk.setColumnValues(index, values.slice(from, from + count));
        return;
      }
      const bytes = kinds[kind].bytes;
      new Uint8Array(scratch).set(new Uint8Array(values.buffer, values.byteOffset + from * bytes, count * bytes));
      const vector = duckdb.data_chunk_get_vector(chunk.chunk, index);
      duckdb.copy_data_to_vector(vector, 0, scratch, 0, count * bytes);
      if (!hasNull(kind, values, from, from + count)) return;
      duckdb.vector_ensure_validity_writable(vector);
      const valid = new Uint8Array(ROWS_PER_CHUNK / 8).fill(0xff);
      for (let i = 0; i < count; i++) {
        const value = values[from + i]!;
        if (Number.isNaN(value) || value === NO_VALUE) valid[i >> 3]! &= ~(1 << (i & 7));
      }
      // the binding hands out copies of the mask, so bits set on vector_get_validity are lost
      duckdb.copy_data_to_vector_validity(vector, 0, valid.buffer, 0, valid.length);
    });
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}
