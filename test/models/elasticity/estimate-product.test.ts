import { describe, expect, it } from 'vitest';
import { estimateProduct } from '../../../models/elasticity/estimate-product.ts';
import type { Panel } from '../../../models/panel.ts';
import { simulateMarket } from './simulate.ts';

const options = { holdoutWeeks: 26, minPriceVariation: 0.01 };
const estimate = (panel: Panel, product: number, screen: number[] = [], crossPrices: number[] = []) =>
  estimateProduct({ product, screen, crossPrices }, { panel, options });

const changed = (panel: Panel, change: (panel: Panel) => Partial<Panel>): Panel => ({ ...panel, ...change(panel) });

describe('the elasticity of one product', () => {
  const simulated = simulateMarket({ seed: 3, products: 6, cross: 1.2 });
  const { panel, elasticity } = simulated;

  it('is the true one within its standard error, promotions told apart from their price', () => {
    let squares = 0;
    for (let product = 0; product < 6; product++) {
      // product 1 also answers to the price of product 0, which the screening test is about
      if (product === 1) continue;
      const found = estimate(panel, product);
      expect(found.method).toBe('ppml');
      expect(found.locations).toBe(4);
      expect(found.blocks).toBe(26);
      expect(found.standardError).toBeLessThan(0.6);
      squares += ((found.estimate - elasticity[product]!) / found.standardError) ** 2;
      // promotions lift demand by exp(0.25) = 1.28 beside their price
      expect(found.promotionLift).toBeGreaterThan(1.1);
      expect(found.promotionLift).toBeLessThan(1.5);
      expect(found.holdoutGainPct).toBeGreaterThan(0);
    }
    // five squared t values: above 20 once in a thousand
    expect(squares).toBeLessThan(20);
  });

  it('finds the product whose price it answers to, and how much', () => {
    const screened = estimate(panel, 1, [0, 2, 3, 4, 5]).cross;
    const strongest = screened.toSorted(
      (a, b) => Math.abs(b.estimate / b.standardError) - Math.abs(a.estimate / a.standardError),
    )[0]!;
    expect(strongest.product).toBe(0);
    const { estimate: own, cross } = estimate(panel, 1, [], [0]);
    expect(cross).toHaveLength(1);
    expect(Math.abs(cross[0]!.estimate - 1.2)).toBeLessThan(3 * cross[0]!.standardError);
    expect(Math.abs(own - elasticity[1]!)).toBeLessThan(0.8);
    expect(cross[0]!.priceMin).toBeLessThan(cross[0]!.priceMax);
  });

  it('is none where the price never moved', () => {
    const still = changed(panel, ({ price }) => ({ price: new Float32Array(price.length).fill(9.5) }));
    const found = estimate(still, 0);
    expect(found).toMatchObject({ method: 'none', estimate: Number.NaN, priceMin: 9.5, priceMax: 9.5, cross: [] });
    expect(found.priceVariation).toBeLessThan(1e-6);
  });

  it('is that of a promotion with its price where the price moved with promotions only', () => {
    const { products, locations, periods, horizon } = { products: 6, locations: 4, periods: 730, horizon: 28 };
    const width = periods + horizon;
    const onlyPromotions = changed(panel, ({ price, promotionKind }) => ({
      price: price.map((_, at) => (promotionKind[at] === 1 ? 8 : 10)),
    }));
    expect(onlyPromotions.price).toHaveLength(products * locations * width);
    const found = estimate(onlyPromotions, 2);
    expect(found.method).toBe('ppml_with_promotion');
    expect(found.promotionLift).toBeNaN();
    expect(found.estimate).toBeLessThan(0);
  });

  it('is none without rows, prices or sales, and rows out of stock do not count', () => {
    expect(estimate(panel, 99)).toMatchObject({ method: 'none', rows: 0, priceMin: Number.NaN });
    expect(
      estimate(
        changed(panel, () => ({ price: new Float32Array(0) })),
        0,
      ),
    ).toMatchObject({ method: 'none' });
    const unsold = changed(panel, ({ quantity }) => ({ quantity: new Float32Array(quantity.length) }));
    expect(estimate(unsold, 0)).toMatchObject({ method: 'none', blocks: 0 });
    const outOfStock = changed(panel, ({ inStock }) => ({ inStock: new Uint8Array(inStock.length) }));
    expect(estimate(outOfStock, 0).rows).toBe(0);
  });

  it('leaves out a price that is a typing error', () => {
    const slip = changed(panel, ({ price }) => ({
      price: price.map((value, at) => (at === 5 ? value * 100 : value)),
    }));
    expect(estimate(slip, 0).priceMax).toBe(estimate(panel, 0).priceMax);
  });
});
