import {
  crossCandidates,
  crossInterval,
  type PublishedElasticity,
  poolAndGate,
  significantCross,
} from '../models/elasticity/collect.ts';
import type { EstimateInput, ProductEstimate } from '../models/elasticity/estimate-product.ts';
import type { Panel } from '../models/panel.ts';
import type { Job, JobContext, JobResult } from './job.ts';
import { type Columns, NO_VALUE } from './warehouse/columns.ts';
import { readPanel } from './warehouse/panel.ts';

const OUT = {
  product_idx: 'i32',
  cross_product_idx: 'i32',
  elasticity: 'f64',
  lo: 'f64',
  hi: 'f64',
  own_estimate: 'f64',
  standard_error: 'f64',
  price_min: 'f64',
  price_max: 'f64',
  n: 'i32',
  location_count: 'i32',
  price_variation: 'f64',
  promotion_lift: 'f64',
  holdout_gain_pct: 'f64',
  method: 'text',
  reason_code: 'text',
} as const;

/** How demand answers to price, per product and for pairs of a category. */
export const elasticityJob: Job = {
  name: 'elasticity',
  needs: ['load'],
  requires: [['sales', 'orders']],
  marts: ['mart_elasticity'],
  async run(context: JobContext): Promise<JobResult> {
    const { config, warehouse, progress } = context;
    const panel = await readPanel(warehouse, config, context.asOf);
    const category = panel.products.category;

    progress.update('price elasticities');
    const products = panel.price.length > 0 ? panel.products.ids.map((_, product) => product) : [];
    const candidates = crossCandidates(category, unitsOf(panel), config.elasticity.crossCandidates);
    const screened = await estimate(
      context,
      panel,
      products.map((product) => ({ product, crossPrices: [], screen: candidates[product]! })),
    );

    progress.update('cross-price elasticities');
    const chosen = significantCross(screened, config.elasticity.crossFalseDiscoveryRate);
    const withCross = screened.filter((_, i) => chosen[i]!.length > 0).map(({ product }) => product);
    const joint = await estimate(
      context,
      panel,
      withCross.map((product) => ({ product, crossPrices: chosen[product]!, screen: [] })),
    );
    const estimates = screened.map((own) => {
      const refined = joint[withCross.indexOf(own.product)];
      if (!refined || !Number.isFinite(refined.standardError)) return { ...own, cross: [] };
      return { ...refined, holdoutGainPct: own.holdoutGainPct };
    });

    const published = poolAndGate(estimates, category, config.elasticity);
    await warehouse.write('out_elasticity', OUT, columnsOf(estimates, published, config.elasticity.confidence));
    await warehouse.build(['mart_elasticity']);
    return summary(estimates, published);
  },
};

async function estimate(context: JobContext, panel: Panel, inputs: EstimateInput[]): Promise<ProductEstimate[]> {
  const { holdoutWeeks, minPriceVariation } = context.config.elasticity;
  const tasks = inputs.map((input) => ({
    kind: 'elasticity.product' as const,
    key: panel.products.ids[input.product]!,
    input,
  }));
  return context.executor.map<ProductEstimate>(tasks, { panel, options: { holdoutWeeks, minPriceVariation } }, (done) =>
    context.progress.update(`${done} of ${tasks.length} products`, done / tasks.length),
  );
}

function unitsOf(panel: Panel): Float64Array {
  const units = new Float64Array(panel.products.ids.length);
  for (let s = 0; s < panel.seriesCount; s++) {
    for (let i = s * panel.periods; i < (s + 1) * panel.periods; i++) {
      if (panel.quantity[i]! > 0) units[panel.productOf[s]!]! += panel.quantity[i]!;
    }
  }
  return units;
}

function columnsOf(
  estimates: ProductEstimate[],
  published: PublishedElasticity[],
  confidence: number,
): Columns<typeof OUT> {
  const rows = estimates.flatMap((own, i) => {
    const shared = { product_idx: own.product, n: own.rows, location_count: own.locations };
    const { estimate, lo, hi, reason } = published[i]!;
    const method = own.method === 'none' ? 'category_mean' : own.method;
    return [
      {
        ...shared,
        cross_product_idx: NO_VALUE,
        elasticity: estimate,
        lo,
        hi,
        own_estimate: own.estimate,
        standard_error: own.standardError,
        price_min: own.priceMin,
        price_max: own.priceMax,
        price_variation: own.priceVariation,
        promotion_lift: own.promotionLift,
        holdout_gain_pct: own.holdoutGainPct,
        method: Number.isFinite(estimate) ? method : 'none',
        reason_code: reason as string,
      },
      ...own.cross
        .filter((cross) => Number.isFinite(cross.standardError))
        .map((cross) => ({
          ...shared,
          cross_product_idx: cross.product,
          elasticity: cross.estimate,
          ...crossInterval(cross, confidence),
          own_estimate: Number.NaN,
          standard_error: cross.standardError,
          price_min: cross.priceMin,
          price_max: cross.priceMax,
          price_variation: Number.NaN,
          promotion_lift: Number.NaN,
          holdout_gain_pct: Number.NaN,
          method: 'ppml_cross',
          reason_code: 'CROSS_EFFECT',
        })),
    ];
  });
  const numbers = (name: keyof (typeof rows)[number]) => rows.map((row) => row[name] as number);
  return {
    product_idx: Int32Array.from(numbers('product_idx')),
    cross_product_idx: Int32Array.from(numbers('cross_product_idx')),
    elasticity: Float64Array.from(numbers('elasticity')),
    lo: Float64Array.from(numbers('lo')),
    hi: Float64Array.from(numbers('hi')),
    own_estimate: Float64Array.from(numbers('own_estimate')),
    standard_error: Float64Array.from(numbers('standard_error')),
    price_min: Float64Array.from(numbers('price_min')),
    price_max: Float64Array.from(numbers('price_max')),
    n: Int32Array.from(numbers('n')),
    location_count: Int32Array.from(numbers('location_count')),
    price_variation: Float64Array.from(numbers('price_variation')),
    promotion_lift: Float64Array.from(numbers('promotion_lift')),
    holdout_gain_pct: Float64Array.from(numbers('holdout_gain_pct')),
    method: rows.map((row) => row.method),
    reason_code: rows.map((row) => row.reason_code),
  };
}

function summary(estimates: ProductEstimate[], published: PublishedElasticity[]): JobResult {
  const withAdvice = published.filter(({ reason }) => reason === 'OK').length;
  const judged = estimates.filter(({ holdoutGainPct }) => Number.isFinite(holdoutGainPct));
  const better = judged.filter(({ holdoutGainPct }) => holdoutGainPct > 0).length;
  return {
    counts: {
      products: estimates.length,
      withAdvice,
      crossPairs: estimates.reduce((sum, { cross }) => sum + cross.length, 0),
      judgedOnHeldOutWeeks: judged.length,
      betterThanNoPriceResponse: better,
    },
    notes:
      estimates.length === 0
        ? [
            'No prices are given, so no price elasticity can be estimated: give unit_price in the sales, or the table prices.',
          ]
        : [`${withAdvice} of ${estimates.length} products have a price elasticity sure enough to act on.`],
  };
}
