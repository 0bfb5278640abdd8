import { quoteText } from '../warehouse/columns.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { OpenFile } from './readable-file.ts';
import { reading } from './refusal.ts';
import type { SourceFile } from './sources.ts';
import { plainPath } from './text-file.ts';

/** Opens a Parquet file; its records are counted by its footer. */
export async function openParquet(
  warehouse: Warehouse,
  file: SourceFile,
  workFolder: string,
  name: string,
): Promise<OpenFile> {
  const path = quoteText(plainPath(file.absolute, workFolder, name));
  const [counted, described] = await reading(async () => [
    await warehouse.rows<{ n: number }>(`select sum(num_rows)::double as n from parquet_file_metadata(${path})`),
    await warehouse.rows<{ column_name: string; column_type: string }>(`describe from read_parquet(${path})`),
  ]);
  const names = described.map(({ column_name: column }, i) => `"${column.replaceAll('"', '""')}" as c${i}`).join(', ');
  return {
    file,
    records: counted[0]!.n,
    columns: described.map((column) => ({ name: column.column_name, type: column.column_type })),
    relation: `(select ${names} from read_parquet(${path}))`,
    broken: [],
    lines: [{ first: 0, shift: 1 }],
    pick: async (ordinals) => {
      const wanted = `(select * from read_parquet(${path}, file_row_number = true)
        where file_row_number in (${[...ordinals].join(', ')}) order by file_row_number)`;
      const rows = await reading(() =>
        warehouse.rows<{ raw: string }>(`select to_json(t)::varchar as raw from ${wanted} as t`),
      );
      return {
        lines: Float64Array.from(ordinals, (ordinal) => ordinal + 1),
        raw: rows.map(({ raw }) => raw),
        relation: `(select ${names} from ${wanted})`,
      };
    },
  };
}
