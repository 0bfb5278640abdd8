import { LeadtimeError } from '../../errors.ts';
import { quoteName } from './columns.ts';
import { modelNames, sqlText } from './sql-files.ts';

/** What the fixed header of a SQL model says. */
export interface ModelHeader {
  purpose: string;
  grain: string;
  /** Columns that are unique and not null together. */
  key: string[];
  /** Relations read; those with a file of their own under `sql/` are built first. */
  inputs: string[];
  checks: ModelCheck[];
}

export type ModelCheck =
  | { kind: 'not_null'; column: string }
  | { kind: 'relationship'; column: string; to: string; toColumn: string }
  | { kind: 'holds'; condition: string };

/** What models are built in: `Warehouse`. */
interface Database {
  run(sql: string): Promise<void>;
  rows<T extends object>(sql: string): Promise<T[]>;
}

export interface BuiltModel {
  name: string;
  rows: number;
}

/**
 * Reads a model's header, lines of `-- field: text` at the top of the file:
 *
 * ```sql
 * -- purpose: what it is for
 * -- grain: one row per product and day
 * -- key: product_id, ds
 * -- inputs: stg_sales, stg_products
 * -- units: quantity in units, price in the config's currency
 * -- checks: not_null(quantity); relationship(product_id, stg_products.product_id); holds(quantity >= 0)
 * ```
 */
export function parseHeader(name: string, sql: string): ModelHeader {
  const fields = new Map<string, string>();
  let last = '';
  for (const line of sql.split('\n')) {
    if (!line.startsWith('--')) break;
    const match = /^-- (\w+): (.*)$/.exec(line);
    if (match) {
      last = match[1]!;
      fields.set(last, match[2]!.trim());
    } else if (last) {
      fields.set(last, `${fields.get(last)} ${line.slice(2).trim()}`);
    }
  }
  const field = (key: string): string => {
    const value = fields.get(key);
    if (value === undefined) throw new RangeError(`sql/${name}.sql: the header lacks "${key}"`);
    return value;
  };
  const list = (text: string): string[] => (text === 'none' ? [] : text.split(',').map((item) => item.trim()));
  const checks = field('checks');
  return {
    purpose: field('purpose'),
    grain: field('grain'),
    key: list(field('key')),
    inputs: list(field('inputs')),
    checks: checks === 'none' ? [] : checks.split(';').map((text) => parseCheck(name, text.trim())),
  };
}

/** The key columns of a model. */
export function modelKey(name: string): string[] {
  return parseHeader(name, sqlText(name)).key;
}

function parseCheck(name: string, text: string): ModelCheck {
  const match = /^(\w+)\((.*)\)$/.exec(text);
  const [kind, inside] = [match?.[1], match?.[2]?.trim() ?? ''];
  if (kind === 'not_null') return { kind, column: inside };
  if (kind === 'holds') return { kind, condition: inside };
  if (kind === 'relationship') {
    const [column, target] = inside.split(',').map((part) => part.trim());
    const [to, toColumn] = target!.split('.');
    return { kind, column: column!, to: to!, toColumn: toColumn! };
  }
  throw new RangeError(`sql/${name}.sql: unknown check "${text}"`);
}

/** The models asked for and all models they read, each after its inputs. */
export function buildOrder(wanted: readonly string[], headers: ReadonlyMap<string, ModelHeader>): string[] {
  const order: string[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const visit = (name: string): void => {
    const header = headers.get(name);
    if (!header || state.get(name) === 'done') return;
    if (state.get(name) === 'open') throw new RangeError(`sql/${name}.sql reads itself through its inputs`);
    state.set(name, 'open');
    for (const input of header.inputs) visit(input);
    state.set(name, 'done');
    order.push(name);
  };
  for (const name of wanted) {
    if (!headers.has(name)) throw new RangeError(`there is no sql/${name}.sql`);
    visit(name);
  }
  return order;
}

/** The query that counts the rows breaking a check; 0 means it holds. */
function violations(table: string, header: ModelHeader): { check: string; sql: string }[] {
  const from = quoteName(table);
  const queries = header.checks.map((check) => {
    if (check.kind === 'not_null') {
      const column = quoteName(check.column);
      return {
        check: `not_null(${check.column})`,
        sql: `select count(*)::double as n from ${from} where ${column} is null`,
      };
    }
    if (check.kind === 'holds') {
      return {
        check: `holds(${check.condition})`,
        sql: `select count(*)::double as n from ${from} where not coalesce((${check.condition}), false)`,
      };
    }
    const [column, to] = [quoteName(check.column), quoteName(check.to)];
    return {
      check: `relationship(${check.column}, ${check.to}.${check.toColumn})`,
      sql: `select count(*)::double as n from ${from} as t where t.${column} is not null and not exists
        (select 1 from ${to} as o where o.${quoteName(check.toColumn)} = t.${column})`,
    };
  });
  if (header.key.length > 0) {
    const key = header.key.map(quoteName).join(', ');
    queries.unshift({
      check: `unique(${header.key.join(', ')})`,
      sql: `select count(*)::double as n from (select 1 from ${from} group by ${key} having count(*) > 1)`,
    });
  }
  return queries;
}

/**
 * Builds models and their inputs as tables, then runs their checks.
 *
 * A model already built in this session of the warehouse is not built again: see `forget`.
 * @throws LeadtimeError `CHECK_FAILED` that names the model, the check and the number of rows
 */
export async function buildModels(database: Database, wanted: readonly string[]): Promise<BuiltModel[]> {
  const headers = new Map(modelNames().map((name) => [name, parseHeader(name, sqlText(name))]));
  const built: BuiltModel[] = [];
  const done = builtIn(database);
  for (const name of buildOrder(wanted, headers)) {
    if (done.has(name)) continue;
    await database.run(`create or replace table ${quoteName(name)} as\n${sqlText(name)}`);
    for (const { check, sql } of violations(name, headers.get(name)!)) {
      const rows = (await database.rows<{ n: number }>(sql))[0]!.n;
      if (rows > 0) {
        throw new LeadtimeError(
          'CHECK_FAILED',
          `${name}: ${check} is broken by ${rows} row${rows === 1 ? '' : 's'}.`,
          `Correct the input and run again; nothing was published. See sql/${name}.sql.`,
          { table: name },
        );
      }
    }
    const rows = (await database.rows<{ n: number }>(`select count(*)::double as n from ${quoteName(name)}`))[0]!.n;
    built.push({ name, rows });
    done.add(name);
  }
  return built;
}

const builtByDatabase = new WeakMap<Database, Set<string>>();

function builtIn(database: Database): Set<string> {
  let names = builtByDatabase.get(database);
  if (!names) {
    names = new Set();
    builtByDatabase.set(database, names);
  }
  return names;
}

/** Makes models be built again, after their inputs changed; without names, all of them. */
export function forget(database: Database, names?: readonly string[]): void {
  if (!names) builtByDatabase.delete(database);
  else for (const name of names) builtIn(database).delete(name);
}
