import { LeadtimeError } from '../../errors.ts';
import { openProject } from '../../pipelines/project.ts';
import { openSnapshot } from '../../pipelines/snapshot/snapshot-reader.ts';
import { currentSnapshot } from '../../pipelines/snapshot/snapshot-store.ts';
import { quoteText } from '../../pipelines/warehouse/columns.ts';
import { sqlText } from '../../pipelines/warehouse/sql-files.ts';
import type { Row, Warehouse } from '../../pipelines/warehouse/warehouse.ts';
import { formatDate, formatMoney, formatNumber, formatPercent, type Language } from '../format.ts';
import type { Arguments } from './arguments.ts';
import { driverChart } from './driver-chart.ts';
import { workOrderLines } from './explain-work-orders.ts';
import { printJson, printText } from './output.ts';
import { sparkline } from './sparkline.ts';

interface Explanation {
  product_id: string;
  location_id: string | null;
  history: Row[];
  forecast: Row[];
  window: Row[];
  drivers: Row[];
  overrides: Row[];
  accuracy: Row[];
  restock: Row[];
  work_orders: Row[];
  discount: Row[];
  elasticity: Row[];
}

/** Periods that a line of blocks shows one by one. */
const WIDTH = 60;

const PARTS = [
  'history',
  'forecast',
  'window',
  'drivers',
  'overrides',
  'accuracy',
  'restock',
  'work_orders',
  'discount',
  'elasticity',
] as const;
const MART_OF: Record<(typeof PARTS)[number], string> = {
  history: 'mart_sales_history',
  forecast: 'mart_forecast',
  window: 'mart_forecast_window',
  drivers: 'mart_forecast_driver',
  overrides: 'mart_forecast_override',
  accuracy: 'mart_forecast_accuracy',
  restock: 'mart_restock',
  work_orders: 'mart_work_order',
  discount: 'mart_discount',
  elasticity: 'mart_elasticity',
};

/** `leadtime explain <product>[@location]`: the published numbers of one thing, side by side, with the arithmetic. */
export async function explain(given: Arguments): Promise<number> {
  const name = given.positionals[0];
  if (!name) {
    throw new LeadtimeError(
      'EXPLAIN_WHAT',
      'explain takes a product.',
      'Type leadtime explain PRODUCT or PRODUCT@LOCATION.',
    );
  }
  const { config, paths } = openProject(given.project);
  const { folder, manifest } = currentSnapshot(paths.snapshots);
  const [product, location] = splitName(name);
  const reader = await openSnapshot(folder, manifest);
  try {
    const explanation = await collect(
      reader,
      manifest.marts.map((mart) => mart.name),
      product,
      location,
    );
    if (given.json) printJson(explanation);
    else printText(inWords(explanation, config.currency, config.language));
  } finally {
    reader.close();
  }
  return 0;
}

function splitName(name: string): [string, string | null] {
  const at = name.lastIndexOf('@');
  return at < 0 ? [name, null] : [name.slice(0, at), name.slice(at + 1)];
}

async function collect(
  reader: Warehouse,
  marts: string[],
  product: string,
  location: string | null,
): Promise<Explanation> {
  const values = {
    product: quoteText(product),
    location: location === null ? 'null' : quoteText(location),
    level: quoteText(location === null ? 'product' : 'series'),
    series: quoteText(location === null ? product : `${product}@${location}`),
  };
  const found: Explanation = {
    product_id: product,
    location_id: location,
    history: [],
    forecast: [],
    window: [],
    drivers: [],
    overrides: [],
    accuracy: [],
    restock: [],
    work_orders: [],
    discount: [],
    elasticity: [],
  };
  for (const part of PARTS) {
    if (marts.includes(MART_OF[part])) found[part] = await reader.rows(sqlText(`explain/${part}`, values));
  }
  if (PARTS.some((part) => found[part].length > 0)) return found;
  const near = await reader.rows<{ series: string }>(
    sqlText('explain/nearest', { name: values.series, level: values.level }),
  );
  throw new LeadtimeError(
    'SERIES_UNKNOWN',
    `Nothing is published about "${product}${location === null ? '' : `@${location}`}".`,
    near.length > 0 ? `Nearest names: ${near.map(({ series }) => series).join(', ')}.` : 'Run leadtime run first.',
    { series: product },
  );
}

function inWords(found: Explanation, currency: string, language: Language): string {
  const n = (row: Row, column: string): number => Number(row[column] ?? Number.NaN);
  const money = (amount: number): string => formatMoney(amount, currency, language);
  const units = (amount: number): string => formatNumber(amount, language);
  const orderLine = (row: Row): string => {
    const by = row.order_by === null ? '' : ` by ${formatDate(String(row.order_by), language)}`;
    if (!(n(row, 'order_quantity') > 0)) {
      return `Nothing to order for ${row.location_id} now${by && `; next order${by}`}`;
    }
    const value = row.value_at_stake === null ? '' : `, ${money(n(row, 'value_at_stake'))} at stake`;
    return `Order ${units(n(row, 'order_quantity'))} for ${row.location_id}${by}${value}`;
  };
  const lines = [`${found.product_id}${found.location_id === null ? '' : `@${found.location_id}`}`];
  if (found.forecast.length > 0) {
    const total = found.forecast.reduce((sum, row) => sum + n(row, 'mean'), 0);
    const [first, last] = [found.forecast[0]!, found.forecast.at(-1)!];
    const sold = found.history.slice(-WIDTH).map((row) => n(row, 'quantity'));
    const ahead = found.forecast.map((row) => n(row, 'mean'));
    const top = Math.max(...sold, ...ahead);
    const code = first.fallback_code ? `, fallback ${first.fallback_code}` : '';
    lines.push(
      '',
      `Forecast ${formatDate(String(first.ds), language)} to ${formatDate(String(last.ds), language)}: ${units(total)} units (model ${String(first.model).replaceAll('_', ' ')}${code})`,
      `  sales so far    ${sparkline(sold, WIDTH, top)}`,
      `  forecast        ${sparkline(ahead, WIDTH, top)}`,
      `  first day       ${units(n(first, 'mean'))} units, between ${units(n(first, 'q10'))} and ${units(n(first, 'q90'))} in 80 of 100 cases`,
    );
  }
  for (const row of found.window) {
    lines.push(
      `  to ${formatDate(String(row.to_on), language).padEnd(13)}${units(n(row, 'mean'))} units, between ${units(n(row, 'q10'))} and ${units(n(row, 'q90'))} in 80 of 100 cases`,
    );
  }
  if (found.drivers.length > 0) {
    lines.push(
      language === 'zh' ? '  原因（整个预测期的件数）' : '  why, in units over these days',
      ...driverChart(found.drivers, language),
      '',
    );
  }
  for (const row of found.overrides) {
    const who = row.planner ? ` by ${row.planner}` : '';
    const what =
      row.pct === null
        ? `${units(n(row, 'quantity'))} units`
        : `${n(row, 'pct') < 0 ? '' : '+'}${units(n(row, 'pct'))} %`;
    const where = row.location_id === '' ? ' everywhere' : '';
    lines.push(
      `  override${who}, ${formatDate(String(row.starts_on), language)} to ${formatDate(String(row.ends_on), language)}${where}: ${what}, ${units(n(row, 'statistical_qty'))} become ${units(n(row, 'final_qty'))} units (${row.reason})`,
    );
  }
  for (const row of found.accuracy) {
    lines.push(
      `  ${(row.model === 'champion' ? 'backtest' : `  ${String(row.model).replaceAll('_', ' ')}`).padEnd(22)}off by ${formatPercent(n(row, 'wape'), language)} of sales, bias ${formatPercent(n(row, 'bias'), language)}`,
    );
  }
  for (const row of found.restock) {
    lines.push(
      '',
      orderLine(row),
      `  ${language === 'zh' ? row.reason_zh : row.reason}`,
      `  on hand ${units(n(row, 'on_hand'))}, under way ${units(n(row, 'inbound_quantity'))}, wanted ${units(n(row, 'order_up_to'))}, stock-out ${formatPercent(n(row, 'stockout_probability'), language, 0)}`,
    );
  }
  lines.push(...workOrderLines(found.work_orders, currency, language));
  for (const row of found.discount) {
    lines.push(
      '',
      `Discount ${units(n(row, 'discount_pct'))} % at ${row.location_id}: gain ${money(n(row, 'gain'))}`,
      `  ${language === 'zh' ? row.reason_zh : row.reason}`,
    );
  }
  for (const row of found.elasticity) {
    lines.push(
      '',
      `Price elasticity ${n(row, 'elasticity').toFixed(2)} (${n(row, 'lo').toFixed(2)} to ${n(row, 'hi').toFixed(2)}), prices seen ${money(n(row, 'price_min'))} to ${money(n(row, 'price_max'))}, advice ${row.advice_allowed ? 'allowed' : 'not allowed'}`,
    );
  }
  return lines.join('\n');
}
