import { writeFileSync } from 'node:fs';
import {
  Bool,
  type Data,
  DateDay,
  Dictionary,
  Field,
  Float64,
  Int32,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Table,
  tableToIPC,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import { type ColumnSpec, NO_VALUE, quoteName } from '../warehouse/columns.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { MartColumn } from './mart-columns.ts';

/** Validity bitmap of `length` rows; undefined where no row is null. */
function validity(length: number, isNull: (row: number) => boolean): { bitmap: Uint8Array | undefined; nulls: number } {
  const bitmap = new Uint8Array(Math.ceil(length / 64) * 8);
  let nulls = 0;
  for (let i = 0; i < length; i++) {
    if (isNull(i)) nulls++;
    else bitmap[i >> 3]! |= 1 << (i & 7);
  }
  return nulls === 0 ? { bitmap: undefined, nulls } : { bitmap, nulls };
}

/** Text as a dictionary: most published texts repeat. `id` keeps the bytes the same from run to run. */
function textData(codes: Int32Array, texts: string[], id: number): Data {
  return makeData({
    type: new Dictionary(new Utf8(), new Int32(), id),
    data: codes,
    length: codes.length,
    dictionary: vectorFromArray(texts, new Utf8()),
  });
}

function columnData(kind: MartColumn['kind'], numbers: ArrayLike<number>): Data {
  const { length } = numbers;
  if (kind === 'flag') {
    const bits = validity(length, (i) => numbers[i] === 0);
    return makeData({
      type: new Bool(),
      length,
      data: bits.bitmap ?? new Uint8Array(Math.ceil(length / 64) * 8).fill(255),
    });
  }
  const { bitmap, nulls } = validity(length, (i) => Number.isNaN(numbers[i]) || numbers[i] === NO_VALUE);
  const options = { length, nullCount: nulls, nullBitmap: bitmap };
  if (kind === 'f64' || kind === 'f32')
    return makeData({ type: new Float64(), data: Float64Array.from(numbers), ...options });
  const integers = Int32Array.from(numbers);
  return kind === 'day'
    ? makeData({ type: new DateDay(), data: integers, ...options })
    : makeData({ type: new Int32(), data: integers, ...options });
}

const CODED = 'coded';

/**
 * Leaves a view of a relation with numbers in place of texts: a text of millions of rows is never made a string of its own.
 *
 * @returns the texts of each text column, by number
 */
async function codeTexts(
  warehouse: Warehouse,
  relation: string,
  columns: readonly MartColumn[],
): Promise<Map<string, string[]>> {
  const texts = new Map<string, string[]>();
  const joins: string[] = [];
  const selected: string[] = [];
  for (const [i, { name, kind }] of columns.entries()) {
    const column = quoteName(name);
    if (kind !== 'text') {
      selected.push(`given.${column}`);
      continue;
    }
    const table = `text_codes_${i}`;
    await warehouse.runFile('publish/text_codes', { table, column, relation: quoteName(relation) });
    const { columns: coded } = await warehouse.read(table, { text: 'text' }, ['code']);
    texts.set(name, coded.text as string[]);
    selected.push(`${table}.code as ${column}`);
    joins.push(`join ${table} on coalesce(given.${column}::varchar, '') = ${table}.text`);
  }
  await warehouse.runFile('publish/coded', {
    view: CODED,
    columns: selected.join(', '),
    relation: quoteName(relation),
    joins: joins.join(' '),
  });
  return texts;
}

/** Writes a relation as an Arrow IPC file: numbers as float64 or int32, dates as days, text as dictionaries. */
export async function exportArrow(
  warehouse: Warehouse,
  relation: string,
  columns: readonly MartColumn[],
  orderBy: readonly string[],
  file: string,
): Promise<void> {
  const texts = await codeTexts(warehouse, relation, columns);
  const spec: ColumnSpec = Object.fromEntries(columns.map(({ name, kind }) => [name, kind === 'text' ? 'i32' : kind]));
  const { rows, columns: arrays } = await warehouse.read(CODED, spec, orderBy);
  const data = columns.map(({ name, kind }, id) =>
    kind === 'text'
      ? textData(Int32Array.from(arrays[name] as Int32Array), texts.get(name)!, id)
      : columnData(kind, arrays[name] as Float64Array),
  );
  const schema = new Schema(
    columns.map(({ name, kind }, i) => new Field(name, data[i]!.type, kind !== 'text' && kind !== 'flag')),
  );
  const batch = new RecordBatch(
    schema,
    makeData({ type: new Struct(schema.fields), length: rows, children: data, nullCount: 0 }),
  );
  writeFileSync(file, tableToIPC(new Table([batch]), 'file'));
}
