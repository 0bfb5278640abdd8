import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../data/random.ts';
import { embeddingsOf, entitiesOf, forgetSome, vocabularyOf } from '../../../../models/forecast/lstm/entities.ts';
import type { Panel } from '../../../../models/panel.ts';
import { syntheticPanel } from '../../../synthetic-panel.ts';

const panel: Panel = {
  ...syntheticPanel(4, 60, 7),
  productOf: Int32Array.of(0, 0, 1, 2),
  locationOf: Int32Array.of(0, 1, 1, 0),
  products: { ids: ['tea', 'milk', 'rice'], category: ['drink', 'drink', 'food'], department: ['a', 'a', 'a'] },
  locations: { ids: ['north', 'south'], region: ['R', 'R'] },
};

describe('entities with learned vectors', () => {
  it('are the products, locations and categories of which there is more than one', () => {
    expect(vocabularyOf(panel, 100)).toEqual({
      product: ['tea', 'milk', 'rice'],
      location: ['north', 'south'],
      category: ['drink', 'food'],
    });
    expect(vocabularyOf(syntheticPanel(1, 60, 7), 100)).toEqual({});
    const oneEach = { ...panel.products, category: ['x', 'y', 'z'] };
    expect(vocabularyOf({ ...panel, products: oneEach }, 100).category).toBeUndefined();
  });

  it('are left out where there are too many of them to learn about each', () => {
    expect(vocabularyOf(panel, 2)).toEqual({ location: ['north', 'south'], category: ['drink', 'food'] });
  });

  it('have vectors that grow slowly with their number', () => {
    const names = (count: number): string[] => Array.from({ length: count }, (_, i) => String(i));
    const widths = [2, 10, 70, 1115, 30_000].map((count) => embeddingsOf({ location: names(count) })[0]!.width);
    expect(widths).toEqual([3, 4, 6, 8, 8]);
  });

  it('are found by name, also those of another panel, and are -1 where they are new', () => {
    expect([...entitiesOf(panel, vocabularyOf(panel, 100))]).toEqual([0, 0, 0, 0, 1, 0, 1, 1, 0, 2, 0, 1]);
    expect([...entitiesOf(panel, { product: ['rice', 'milk', 'salt'] })]).toEqual([-1, -1, 1, 0]);
    expect(entitiesOf(panel, {}).length).toBe(0);
  });

  it('are forgotten in a tenth of the windows', () => {
    const entity = new Int32Array(10_000);
    forgetSome(entity, createRandom(1));
    const share = entity.filter((e) => e === -1).length / entity.length;
    expect(Math.abs(share - 0.1)).toBeLessThan(0.01);
  });
});
