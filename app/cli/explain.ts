import { LeadtimeError } from '../../errors.ts';
import { openProject } from '../../pipelines/project.ts';
import { openSnapshot } from '../../pipelines/snapshot/snapshot-reader.ts';
import { currentSnapshot } from '../../pipelines/snapshot/snapshot-store.ts';
import { quoteText } from '../../pipelines/warehouse/columns.ts';
import { sqlText } from '../../pipelines/warehouse/sql-files.ts';
import type { Warehouse } from '../../pipelines/warehouse/warehouse.ts';
import type { Arguments } from './arguments.ts';
import { type Explanation, explanationText } from './explain-text.ts';
import { printJson, printText } from './output.ts';

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
    else printText(explanationText(explanation, config.currency, config.language));
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
