import type { DesignMatrix } from './design-matrix.ts';

/** One free attribute of all customers; '' where unknown. */
export interface Attribute {
  name: string;
  values: string[];
}

/** One column of the design matrix and the attribute it stands for. */
interface EncodedColumn {
  attribute: number;
  values: Float64Array;
}

/** An attribute's kind, with the bands or levels that sentences speak of. */
export interface AttributeKind {
  name: string;
  kind: 'number' | 'level';
  /** Band or level of each customer; `groups` names them. */
  groupOf: Int32Array;
  groups: string[];
}

export interface EncodedAttributes {
  matrix: DesignMatrix;
  /** Attribute of each column. */
  attributeOf: Int32Array;
  attributes: AttributeKind[];
}

/** Levels beyond this are taken for names or identifiers, and the attribute is left out. */
const MAX_LEVELS = 50;
/** Shares of customers at which a number's slope may change. */
const KNOTS = [0.2, 0.4, 0.6, 0.8] as const;

/**
 * Attributes of customers from JSON objects, in alphabetical order of their names.
 *
 * `readAttributes(['{"a":"1"}', '{"b":2}'])` gives a: ['1', ''] and b: ['', '2']. Text that is not a JSON object counts as
 * no attributes.
 */
export function readAttributes(json: readonly (string | null)[]): Attribute[] {
  const byName = new Map<string, string[]>();
  json.forEach((text, row) => {
    for (const [name, value] of Object.entries(parseObject(text))) {
      let values = byName.get(name);
      if (!values) {
        values = new Array<string>(json.length).fill('');
        byName.set(name, values);
      }
      values[row] = value === null || value === undefined ? '' : String(value).trim();
    }
  });
  return [...byName].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, values]) => ({ name, values }));
}

function parseObject(text: string | null): Record<string, unknown> {
  if (!text) return {};
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? { ...value } : {};
  } catch {
    return {};
  }
}

/**
 * Numbers become a piecewise linear column set (value and hinges at quintiles) with an indicator where unknown; texts become
 * one column per level. Constant attributes and those with too many levels are left out. O(customers x columns).
 */
export function encodeAttributes(attributes: readonly Attribute[]): EncodedAttributes {
  const kinds: AttributeKind[] = [];
  const columns: EncodedColumn[] = [];
  for (const attribute of attributes) {
    const numbers = Float64Array.from(attribute.values, (value) => (value === '' ? Number.NaN : Number(value)));
    const known = numbers.filter((value) => Number.isFinite(value)).sort();
    const given = attribute.values.filter((value) => value !== '').length;
    const distinct = new Set(attribute.values);
    if (distinct.size < 2) continue;
    if (known.length === given && distinct.size > 2) encodeNumber(attribute.name, numbers, known, kinds, columns);
    else if (distinct.size <= MAX_LEVELS) encodeLevels(attribute, [...distinct].sort(), kinds, columns);
  }
  const rows = attributes[0]?.values.length ?? 0;
  const values = new Float64Array(rows * columns.length);
  columns.forEach((column, j) => {
    for (let i = 0; i < rows; i++) values[i * columns.length + j] = column.values[i]!;
  });
  return {
    matrix: { rows, width: columns.length, values },
    attributeOf: Int32Array.from(columns, (column) => column.attribute),
    attributes: kinds,
  };
}

function encodeNumber(
  name: string,
  numbers: Float64Array,
  known: Float64Array,
  kinds: AttributeKind[],
  columns: EncodedColumn[],
): void {
  const attribute = kinds.length;
  const median = known[known.length >> 1]!;
  const filled = numbers.map((value) => (Number.isFinite(value) ? value : median));
  const knots = [...new Set(KNOTS.map((share) => known[Math.floor(share * (known.length - 1))]!))].filter(
    (knot) => knot > known[0]! && knot < known[known.length - 1]!,
  );
  columns.push({ attribute, values: filled });
  for (const knot of knots) columns.push({ attribute, values: filled.map((value) => Math.max(0, value - knot)) });
  if (known.length < numbers.length) {
    columns.push({ attribute, values: numbers.map((value) => (Number.isFinite(value) ? 0 : 1)) });
  }
  const edges = [known[0]!, ...knots, known[known.length - 1]!];
  const groups = edges.slice(1).map((to, k) => (edges[k] === to ? `${to}` : `${edges[k]}–${to}`));
  kinds.push({
    name,
    kind: 'number',
    groups: [...groups, 'unknown'],
    groupOf: Int32Array.from(numbers, (value) =>
      Number.isFinite(value) ? Math.min(groups.length - 1, knots.filter((knot) => value > knot).length) : groups.length,
    ),
  });
}

function encodeLevels(attribute: Attribute, levels: string[], kinds: AttributeKind[], columns: EncodedColumn[]): void {
  const at = new Map(levels.map((level, k) => [level, k]));
  const groupOf = Int32Array.from(attribute.values, (value) => at.get(value)!);
  for (let k = levels.length === 2 ? 1 : 0; k < levels.length; k++) {
    columns.push({ attribute: kinds.length, values: Float64Array.from(groupOf, (group) => (group === k ? 1 : 0)) });
  }
  kinds.push({
    name: attribute.name,
    kind: 'level',
    groupOf,
    groups: levels.map((level) => (level === '' ? 'unknown' : level)),
  });
}
