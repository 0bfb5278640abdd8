import type { LedgerEntry } from '../../pipelines/ledger.ts';
import type { Project } from '../../pipelines/project.ts';
import { openSnapshot } from '../../pipelines/snapshot/snapshot-reader.ts';
import type { Manifest } from '../../pipelines/snapshot/snapshot-store.ts';
import { sqlText } from '../../pipelines/warehouse/sql-files.ts';
import type { Row } from '../../pipelines/warehouse/warehouse.ts';
import { formatDate, formatMoney, formatNumber, formatPct, type Language } from '../format.ts';
import { runWords } from '../phrases/run.ts';
import { columnIn, countName, labelled, listed, moneyName, nameOf, phrase, told } from '../phrases.ts';
import { textTable } from './output.ts';

/** The decisions worth a look on a terminal: a mart, how many of its rows, and which columns. */
const LISTS = [
  { mart: 'mart_restock', sql: 'publish/top_restock', title: 'topOrders' },
  { mart: 'mart_discount', sql: 'publish/top_discount', title: 'topDiscounts' },
  { mart: 'mart_churn', sql: 'publish/top_churn', title: 'topCustomers' },
] as const;
const ROWS_SHOWN = '5';
/** What is worth a closer look, the most urgent first. */
const WORTH_A_LOOK = ['mart_restock', 'mart_churn', 'mart_opportunity_alert', 'mart_forecast', 'mart_run'];

/** What a person reads after a run: inputs, steps, the first decisions, the money at stake, and what to type next. */
export async function runSummary(
  entry: LedgerEntry,
  project: Project,
  snapshot: { folder: string; manifest: Manifest } | undefined,
): Promise<string> {
  const { language, currency, name } = project.config;
  const parts = [
    listed([name, formatDate(entry.as_of, language)], language),
    filesTable(entry, language),
    stepsTable(entry, language),
  ];
  if (snapshot) {
    const reader = await openSnapshot(snapshot.folder, snapshot.manifest);
    for (const list of LISTS) {
      if (!snapshot.manifest.marts.some((mart) => mart.name === list.mart && mart.rows > 0)) continue;
      const rows = await reader.rows(sqlText(list.sql, { rows: ROWS_SHOWN, suffix: columnIn('', language) }));
      if (rows.length > 0) parts.push(`${phrase(list.title, language)}\n${rowsTable(rows, currency, language)}`);
    }
    reader.close();
  }
  const money = entry.money.map(
    ({ name: which, amount }) =>
      `  ${labelled(moneyName(which, language), formatMoney(amount, currency, language), language)}`,
  );
  if (money.length > 0) parts.push(`${phrase('moneyAtStake', language)}\n${money.join('\n')}`);
  const notes = entry.steps.flatMap((step) => step.notes);
  if (notes.length > 0) parts.push(notes.map((note) => `- ${note}`).join('\n'));
  parts.push(lastLine(entry, project, snapshot?.manifest, language));
  return `${parts.join('\n\n')}\n`;
}

function filesTable(entry: LedgerEntry, language: Language): string {
  const head = ['input', 'table', 'records', 'loaded', 'quarantined'].map((word) => phrase(word, language));
  const rows = entry.files.map((file) => [
    file.path,
    file.table,
    formatNumber(file.records, language, 0),
    file.is_refused ? phrase('refused', language) : formatNumber(file.loaded, language, 0),
    formatNumber(file.quarantined, language, 0),
  ]);
  return textTable(head, rows, [2, 3, 4]);
}

function stepsTable(entry: LedgerEntry, language: Language): string {
  const head = ['step', 'status', 'seconds', 'result'].map((word) => phrase(word, language));
  const rows = entry.steps.map((step) => [
    step.job,
    phrase(step.status, language),
    step.seconds.toFixed(1),
    listed(
      Object.entries(step.counts)
        .slice(0, 4)
        .map(([name, count]) => `${countName(name, language)} ${formatNumber(count, language)}`),
      language,
    ),
  ]);
  return textTable(head, rows, [2]);
}

/** Columns of the list whose name ends in `_money` are shown as money, `_on` as dates, `_pct` as per cent. */
function rowsTable(rows: readonly Row[], currency: string, language: Language): string {
  const columns = Object.keys(rows[0]!);
  const cells = rows.map((row) =>
    columns.map((column) => {
      const value = row[column];
      if (value === null || value === undefined) return '';
      if (column.endsWith('_money')) return formatMoney(Number(value), currency, language);
      if (column.endsWith('_on')) return formatDate(String(value), language);
      if (column.endsWith('_pct')) return formatPct(Number(value), language, 0);
      if (column === 'owner') return nameOf('owner', String(value), language);
      return typeof value === 'number' ? formatNumber(value, language) : String(value);
    }),
  );
  const right = columns.flatMap((column, i) => (/_(money|qty|pct)$/.test(column) ? [i] : []));
  const head = columns.map((column) => phrase(column.replace(/_(money|on|pct|qty)$/, ''), language));
  return textTable(head, cells, right);
}

/** What went to the webhook, or why it waits. */
function webhookLine({ webhook }: LedgerEntry, language: Language): string {
  if (!webhook || (webhook.sent === 0 && webhook.waiting === 0 && !webhook.error)) return '';
  const { sent, waiting, error } = webhook;
  const words = runWords[language];
  return error ? words.waiting(sent, waiting, `${error.code}: ${error.message}`) : words.sent(sent);
}

function lastLine(entry: LedgerEntry, project: Project, manifest: Manifest | undefined, language: Language): string {
  const at = project.folder === process.cwd() ? '' : ` --project ${project.folder}`;
  const total = (field: 'loaded' | 'quarantined'): string =>
    formatNumber(
      entry.files.reduce((sum, file) => sum + file[field], 0),
      language,
      0,
    );
  const words = runWords[language];
  const done = words.done(total('loaded'), total('quarantined'), entry.seconds.toFixed(1));
  const webhook = webhookLine(entry, language);
  if (!manifest) return told([done, webhook, words.next(`leadtime run publish${at}`)], language);
  const mart = WORTH_A_LOOK.find((which) => manifest.marts.some(({ name, rows }) => name === which && rows > 0));
  const next = words.next(`leadtime query "from ${mart} limit 10"${at}`);
  return `${told([done, webhook, words.report(project.paths.report)], language)}\n${next}`;
}
