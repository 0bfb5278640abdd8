import type { Row } from '../../pipelines/warehouse/warehouse.ts';
import { formatDate, formatMoney, formatNumber, formatPct, formatPercent, type Language } from '../format.ts';
import { explainWords } from '../phrases/explain.ts';
import { columnIn, fallbackName, modelName } from '../phrases.ts';
import { driverChart } from './driver-chart.ts';
import { workOrderLines } from './explain-work-orders.ts';
import { padded, width } from './output.ts';
import { sparkline } from './sparkline.ts';

/** The published rows about one product, at one location or over all of them. */
export interface Explanation {
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
/** Least columns of what stands before the numbers of a forecast, and of its accuracy. */
const FORECAST_LABEL = 16;
const ACCURACY_LABEL = 22;

const n = (row: Row, column: string): number => Number(row[column] ?? Number.NaN);

/** What a person reads about one product. */
export function explanationText(found: Explanation, currency: string, language: Language): string {
  const parts = [forecastLines, overrideLines, accuracyLines].flatMap((lines) => lines(found, language));
  return [
    `${found.product_id}${found.location_id === null ? '' : `@${found.location_id}`}`,
    ...parts,
    ...restockLines(found, currency, language),
    ...workOrderLines(found.work_orders, currency, language),
    ...priceLines(found, currency, language),
  ].join('\n');
}

function forecastLines({ forecast, history, window, drivers }: Explanation, language: Language): string[] {
  const words = explainWords[language];
  const units = (amount: number): string => formatNumber(amount, language);
  const range = (row: Row): string => words.range(units(n(row, 'mean')), units(n(row, 'q10')), units(n(row, 'q90')));
  const date = (row: Row, column: string): string => formatDate(String(row[column]), language);
  const labelled: [string, string][] = [];
  const lines: string[] = [];
  if (forecast.length > 0) {
    const [first, last] = [forecast[0]!, forecast.at(-1)!];
    const sold = history.slice(-WIDTH).map((row) => n(row, 'quantity'));
    const ahead = forecast.map((row) => n(row, 'mean'));
    const top = Math.max(...sold, ...ahead);
    const total = units(ahead.reduce((sum, mean) => sum + mean, 0));
    const fallback = first.fallback_code ? fallbackName(String(first.fallback_code), language) : '';
    const model = modelName(String(first.model), language);
    lines.push('', words.forecast(date(first, 'ds'), date(last, 'ds'), total, model, fallback));
    labelled.push(
      [words.salesSoFar, sparkline(sold, WIDTH, top)],
      [words.ahead, sparkline(ahead, WIDTH, top)],
      [words.first, range(first)],
    );
  }
  for (const row of window) labelled.push([words.until(date(row, 'to_on')), range(row)]);
  const columns = Math.max(FORECAST_LABEL, ...labelled.map(([label]) => width(label) + 2));
  lines.push(...labelled.map(([label, text]) => `  ${padded(label, columns)}${text}`));
  if (drivers.length > 0) lines.push(`  ${words.why}`, ...driverChart(drivers, language), '');
  return lines;
}

function overrideLines({ overrides }: Explanation, language: Language): string[] {
  const words = explainWords[language];
  const units = (row: Row, column: string): string => formatNumber(n(row, column), language);
  return overrides.map((row) => {
    const pct = n(row, 'pct');
    const text = words.override({
      planner: row.planner ? String(row.planner) : '',
      from: formatDate(String(row.starts_on), language),
      to: formatDate(String(row.ends_on), language),
      isEverywhere: row.location_id === '',
      change:
        row.pct === null ? words.units(units(row, 'quantity')) : `${pct < 0 ? '' : '+'}${formatPct(pct, language)}`,
      before: units(row, 'statistical_qty'),
      after: units(row, 'final_qty'),
      reason: String(row.reason),
    });
    return `  ${text}`;
  });
}

function accuracyLines({ accuracy }: Explanation, language: Language): string[] {
  const words = explainWords[language];
  const share = (row: Row, column: string): string => formatPercent(n(row, column), language);
  return accuracy.map((row) => {
    const label = row.model === 'champion' ? words.backtest : `  ${modelName(String(row.model), language)}`;
    return `  ${padded(label, ACCURACY_LABEL)}${words.accuracy(share(row, 'wape'), share(row, 'bias'))}`;
  });
}

function restockLines({ restock }: Explanation, currency: string, language: Language): string[] {
  const words = explainWords[language];
  const units = (row: Row, column: string): string => formatNumber(n(row, column), language);
  return restock.flatMap((row) => {
    const location = String(row.location_id);
    const by = row.order_by === null ? '' : formatDate(String(row.order_by), language);
    const value = row.value_at_stake === null ? '' : formatMoney(n(row, 'value_at_stake'), currency, language);
    const stockout = formatPercent(n(row, 'stockout_probability'), language, 0);
    return [
      '',
      n(row, 'order_quantity') > 0
        ? words.order(units(row, 'order_quantity'), location, by, value)
        : words.noOrder(location, by),
      `  ${row[columnIn('reason', language)]}`,
      `  ${words.stock(units(row, 'on_hand'), units(row, 'inbound_quantity'), units(row, 'order_up_to'), stockout)}`,
    ];
  });
}

function priceLines({ discount, elasticity }: Explanation, currency: string, language: Language): string[] {
  const words = explainWords[language];
  const money = (row: Row, column: string): string => formatMoney(n(row, column), currency, language);
  const fixed = (row: Row, column: string): string => n(row, column).toFixed(2);
  const discounts = discount.flatMap((row) => [
    '',
    words.discount(formatPct(n(row, 'discount_pct'), language), String(row.location_id), money(row, 'gain')),
    `  ${row[columnIn('reason', language)]}`,
  ]);
  const responses = elasticity.flatMap((row) => [
    '',
    words.elasticity(
      fixed(row, 'elasticity'),
      fixed(row, 'lo'),
      fixed(row, 'hi'),
      money(row, 'price_min'),
      money(row, 'price_max'),
      Boolean(row.advice_allowed),
    ),
  ]);
  return [...discounts, ...responses];
}
