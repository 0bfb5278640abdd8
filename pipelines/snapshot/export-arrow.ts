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
import { type ColumnSpec, NO_VALUE } from '../warehouse/columns.ts';
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
function textData(values: readonly string[], id: number): Data {
  const codes = new Map<string, number>();
  const indices = Int32Array.from(values, (value) => {
    let code = codes.get(value);
    if (code === undefined) {
      code = codes.size;
      codes.set(value, code);
    }
    return code;
  });
  return makeData({
    type: new Dictionary(new Utf8(), new Int32(), id),
    data: indices,
    length: values.length,
    dictionary: vectorFromArray([...codes.keys()], new Utf8()),
  });
}

function columnData(kind: MartColumn['kind'], values: ArrayLike<number> | string[], id: number): Data {
  const length = values.length;
  if (kind === 'text') return textData(values as string[], id);
  const numbers = values as Float64Array;
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

/** Writes a relation as an Arrow IPC file: numbers as float64 or int32, dates as days, text as dictionaries. */
export async function exportArrow(
  warehouse: Warehouse,
  relation: string,
  columns: readonly MartColumn[],
  orderBy: readonly string[],
  file: string,
): Promise<void> {
  const spec: ColumnSpec = Object.fromEntries(columns.map(({ name, kind }) => [name, kind]));
  const { rows, columns: arrays } = await warehouse.read(relation, spec, orderBy);
  const data = columns.map(({ name, kind }, id) => columnData(kind, arrays[name] as Float64Array, id));
  const schema = new Schema(
    columns.map(({ name, kind }, i) => new Field(name, data[i]!.type, kind !== 'text' && kind !== 'flag')),
  );
  const batch = new RecordBatch(
    schema,
    makeData({ type: new Struct(schema.fields), length: rows, children: data, nullCount: 0 }),
  );
  writeFileSync(file, tableToIPC(new Table([batch]), 'file'));
}
