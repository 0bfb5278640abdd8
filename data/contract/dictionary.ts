import type { RowRule } from './table-contract.ts';
import { contractOf, TABLE_NAMES, type TableName } from './tables.ts';

const INTRODUCTION = `# Data dictionary

Every table a project can give. Only \`sales\` is needed (or \`orders\`, from which it can be derived); a job whose tables
are not given says so and is skipped. Dates are ISO days, quantities are units of the product, money is in the config's
\`currency\`. A row that breaks a rule below goes to quarantine with its file, line, column and value.

This page is made from \`data/contract/tables.ts\` by \`node scripts/write-data-dictionary.mjs\`.
`;

function rulesOf(table: TableName, column: string): string {
  const { required, min, max, oneOf } = contractOf(table).columns[column]!;
  const rules: string[] = [];
  if (required) rules.push('required');
  if (oneOf) rules.push(`one of ${oneOf.map((value) => `\`${value}\``).join(', ')}`);
  if (min !== undefined) rules.push(`from ${min}`);
  if (max !== undefined) rules.push(`to ${max}`);
  return rules.join(', ');
}

/** A table with its columns padded to one width, as the formatter wants it. */
function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = header.map((_, i) => Math.max(...[header, ...rows].map((row) => row[i]!.length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i]!)).join(' | ')} |`;
  return [line(header), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)];
}

function ruleText(rule: RowRule): string {
  if (rule.kind === 'in_order') return `\`${rule.second}\` is not before \`${rule.first}\``;
  return `exactly one of ${rule.columns.map((name) => `\`${name}\``).join(', ')} is given`;
}

function sectionOf(table: TableName): string {
  const { about, key, columns, freeAttributes, rules = [] } = contractOf(table);
  const rows = Object.entries(columns).map(([name, column]) => [
    `\`${name}\``,
    column.type,
    rulesOf(table, name),
    column.about,
  ]);
  return [
    `## ${table}`,
    '',
    about,
    '',
    `Key: ${key.map((name) => `\`${name}\``).join(', ')}.${freeAttributes ? ' Other columns are kept as text.' : ''}`,
    '',
    ...(rules.length > 0 ? [`Rules of a row: ${rules.map(ruleText).join('; ')}.`, ''] : []),
    ...markdownTable(['column', 'type', 'rules', 'meaning'], rows),
    '',
  ].join('\n');
}

/** The text of `docs/data.md`: one section per table of the input contract. */
export function dataDictionary(): string {
  return [INTRODUCTION, ...TABLE_NAMES.map(sectionOf)].join('\n');
}
