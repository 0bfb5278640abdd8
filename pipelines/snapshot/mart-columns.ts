import type { ColumnKind } from '../warehouse/columns.ts';
import { quoteText } from '../warehouse/columns.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';

/** A published column and how it is held in memory. */
export interface MartColumn {
  name: string;
  kind: ColumnKind;
}

function kindOf(type: string): ColumnKind {
  if (type === 'DATE') return 'day';
  if (type === 'BOOLEAN') return 'flag';
  if (/^(U?TINYINT|U?SMALLINT|INTEGER)$/.test(type)) return 'i32';
  if (/INT|DOUBLE|FLOAT|DECIMAL/.test(type)) return 'f64';
  return 'text';
}

/** The columns of a relation, in order. */
export async function martColumns(warehouse: Warehouse, relation: string): Promise<MartColumn[]> {
  const columns = await warehouse.rows<{ column_name: string; data_type: string }>(
    `select column_name, data_type from duckdb_columns() where table_name = ${quoteText(relation)} order by column_index`,
  );
  return columns.map(({ column_name, data_type }) => ({ name: column_name, kind: kindOf(data_type) }));
}
