import { LeadtimeError } from '../../../errors.ts';

/** One feature. Numeric: NaN is missing. Categorical: non-negative whole numbers; anything else is missing. */
export interface GbdtColumn {
  name: string;
  kind: 'numeric' | 'categorical';
  values: Float32Array;
  /** 1: the prediction never falls as the value rises; -1: never rises. Numeric columns only. */
  monotone?: -1 | 0 | 1;
}

export interface GbdtData {
  rows: number;
  columns: GbdtColumn[];
}

/** Checks lengths, names and signs. Throws `GBDT_DATA_INVALID`. O(columns). */
export function checkData(data: GbdtData): void {
  const names = new Set<string>();
  for (const { name, kind, values, monotone } of data.columns) {
    if (values.length !== data.rows)
      throw invalid(name, `has ${values.length} values for ${data.rows} rows`, 'Give one value for each row.');
    if (names.has(name)) throw invalid(name, 'is given twice', 'Give each column a name of its own.');
    if (kind === 'categorical' && monotone)
      throw invalid(name, 'is categorical and cannot be monotone', 'Take the constraint away or make it numeric.');
    names.add(name);
  }
}

/** The columns of the data that features are of, in their order. Throws `GBDT_COLUMN_MISSING`. O(columns). */
export function columnsOf(features: readonly Pick<GbdtColumn, 'name' | 'kind'>[], data: GbdtData): GbdtColumn[] {
  const byName = new Map(data.columns.map((column) => [column.name, column]));
  return features.map(({ name, kind }) => {
    const column = byName.get(name);
    if (column?.kind === kind) return column;
    throw new LeadtimeError(
      'GBDT_COLUMN_MISSING',
      `boosted trees: the model needs a ${kind} column ${name}`,
      'Give the columns that the model was trained on.',
      { column: name },
    );
  });
}

/** Checks the target and the weights. Throws `GBDT_DATA_INVALID`. O(rows). */
export function checkTarget(
  rows: number,
  target: Float32Array,
  weight: Float32Array | undefined,
  nonNegative: boolean,
): void {
  if (target.length !== rows)
    throw invalid('target', `has ${target.length} values for ${rows} rows`, 'Give one value for each row.');
  if (weight && weight.length !== rows)
    throw invalid('weight', `has ${weight.length} values for ${rows} rows`, 'Give one value for each row.');
  for (let i = 0; i < rows; i++) {
    const y = target[i]!;
    if (!Number.isFinite(y) || (nonNegative && y < 0))
      throw invalid('target', `is ${y} in row ${i}`, 'Leave rows without a usable target out.', y);
    if (weight && !(weight[i]! >= 0 && weight[i]! < Number.POSITIVE_INFINITY))
      throw invalid('weight', `is ${weight[i]} in row ${i}`, 'Give finite weights of at least 0.', weight[i]);
  }
}

/** Checks that rows held out are of the data, each once. Throws `GBDT_DATA_INVALID`. O(rows). */
export function checkHeldOut(rows: number, heldOut: Uint32Array): void {
  const seen = new Uint8Array(rows);
  for (const row of heldOut) {
    if (row >= rows || seen[row])
      throw invalid(
        'validationRows',
        `has row ${row}${row < rows ? ' twice' : ` of ${rows}`}`,
        'Name each row once.',
        row,
      );
    seen[row] = 1;
  }
}

function invalid(column: string, what: string, fix: string, value?: number): LeadtimeError {
  return new LeadtimeError('GBDT_DATA_INVALID', `boosted trees: column ${column} ${what}`, fix, { column, value });
}
