import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../data/random.ts';
import { fitDependence } from '../../../../models/forecast/paths/dependence.ts';

describe('the split of luck', () => {
  it('finds the shares that scores were made with', () => {
    const random = createRandom(8);
    const series = 400;
    const cutoffs = 12;
    const horizon = 28;
    const nodeOf = Int32Array.from({ length: series }, (_, s) => s % 20);
    const values = new Float64Array(series * cutoffs * horizon);
    for (let k = 0; k < cutoffs; k++) {
      const node = Float64Array.from({ length: 20 }, () => random.normal());
      const days = Float64Array.from({ length: 20 * horizon }, () => random.normal());
      for (let s = 0; s < series; s++) {
        const own = random.normal();
        for (let h = 0; h < horizon; h++) {
          values[(s * cutoffs + k) * horizon + h] =
            Math.sqrt(0.2) * node[nodeOf[s]!]! +
            Math.sqrt(0.1) * days[nodeOf[s]! * horizon + h]! +
            Math.sqrt(0.3) * own +
            Math.sqrt(0.4) * random.normal();
        }
      }
    }
    const levels = [{ nodeOf, labels: Array.from({ length: 20 }, (_, i) => `n${i}`) }];
    const found = fitDependence({ values, series, cutoffs, horizon }, levels, new Int32Array(series), 1);
    expect(found.windowShare[0]).toBeCloseTo(0.2, 1);
    expect(found.dayShare[0]).toBeCloseTo(0.1, 1);
    expect(found.ownShare[0]).toBeCloseTo(0.3, 1);
    expect(found.restShare[0]).toBeCloseTo(0.4, 1);
    expect(found.carry[0]).toBeLessThan(0.1);
  });
});
