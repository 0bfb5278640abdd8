import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ConfigInput, Source } from '../../../../data/contract/config.ts';
import { contractOf, type TableName } from '../../../../data/contract/tables.ts';
import { quoteName, quoteText } from '../../../../pipelines/warehouse/columns.ts';
import type { Warehouse } from '../../../../pipelines/warehouse/warehouse.ts';

/** How one file becomes a relation: every column as text by its header, Parquet as it is, text line by line. */
function relationSql(file: string, format: string | undefined): string {
  const path = quoteText(file);
  if (file.endsWith('.parquet')) return `from read_parquet(${path})`;
  if (format === 'text') {
    return `select line from read_csv(${path}, header = false, delim = '\\0', quote = '', escape = '', columns = {'line': 'varchar'})`;
  }
  return `from read_csv(${path}, all_varchar = true, header = true, delim = ',', quote = '"')`;
}

/** Runs the SELECT of each table of a project into a table of the contract's name; relations are read once. */
export async function mapSources(warehouse: Warehouse, folder: string, config: ConfigInput): Promise<TableName[]> {
  const tables = Object.keys(config.sources) as TableName[];
  const made = new Map<string, string>();
  for (const table of tables) {
    const source = config.sources[table] as Source;
    for (const [relation, path] of Object.entries(source.path as Record<string, string>)) {
      if (made.has(relation)) continue;
      made.set(relation, path);
      await warehouse.run(
        `create schema if not exists files; create table files.${quoteName(relation)} as ${relationSql(resolve(folder, path), source.format)}`,
      );
    }
  }
  await warehouse.run("set search_path = 'files,main'");
  for (const table of tables) {
    const sql = readFileSync(join(folder, (config.sources[table] as Source).sql!), 'utf8');
    await warehouse.run(`create table main.${quoteName(`mapped_${table}`)} as\n${sql}`);
  }
  return tables;
}

/** What in a mapped table breaks the contract, as sentences; none when it holds. */
export async function contractBreaks(warehouse: Warehouse, table: TableName): Promise<string[]> {
  const contract = contractOf(table);
  const name = `mapped_${table}`;
  const present = (
    await warehouse.rows<{ column_name: string }>(
      `select column_name from duckdb_columns() where table_name = ${quoteText(name)}`,
    )
  ).map((row) => row.column_name);
  const breaks: string[] = [];
  const count = async (what: string, condition: string): Promise<void> => {
    const rows = (
      await warehouse.rows<{ n: number }>(`select count(*)::double as n from ${name} where ${condition}`)
    )[0]!.n;
    if (rows > 0) breaks.push(`${table}: ${rows} rows ${what}`);
  };
  for (const column of present) {
    if (!contract.columns[column] && !contract.freeAttributes) breaks.push(`${table}.${column} is not in the contract`);
  }
  for (const [column, rule] of Object.entries(contract.columns)) {
    if (!present.includes(column)) {
      if (rule.required) breaks.push(`${table}.${column} is required`);
      continue;
    }
    if (rule.required) await count(`without ${column}`, `${column} is null or ${column}::varchar = ''`);
    if (rule.min !== undefined) await count(`below ${rule.min} in ${column}`, `${column} < ${rule.min}`);
    if (rule.max !== undefined) await count(`above ${rule.max} in ${column}`, `${column} > ${rule.max}`);
    if (rule.oneOf) await count(`with another ${column}`, `${column} not in (${rule.oneOf.map(quoteText).join(', ')})`);
  }
  const key = contract.key.filter((column) => present.includes(column)).join(', ');
  await warehouse
    .rows<{ n: number }>(
      `select count(*)::double as n from (select 1 from ${name} group by ${key} having count(*) > 1)`,
    )
    .then(([row]) => row!.n > 0 && breaks.push(`${table}: ${row!.n} keys more than once`));
  return breaks;
}
