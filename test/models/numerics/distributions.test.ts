import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  falseDiscoveryControl,
  normalCdf,
  normalQuantile,
  studentQuantile,
  twoSidedP,
} from '../../../models/numerics/distributions.ts';

describe('distributions', () => {
  it('normal quantiles are those of R: qnorm(c(1e-10, 1e-4, .01, .025, .3, .9, .975, .9999))', () => {
    const expected = [
      -6.36134090240406, -3.71901648545568, -2.32634787404084, -1.95996398454005, -0.52440051270804, 1.2815515655446,
      1.95996398454005, 3.71901648545571,
    ];
    [1e-10, 1e-4, 0.01, 0.025, 0.3, 0.9, 0.975, 0.9999].forEach((p, i) => {
      expect(Math.abs(normalQuantile(p) / expected[i]! - 1)).toBeLessThan(1.2e-9);
    });
    expect(normalQuantile(0.5)).toBeCloseTo(0, 15);
  });

  it('a probability of 0, 1 or none is refused by name', () => {
    for (const p of [0, 1, -0.1, Number.NaN]) expect(() => normalQuantile(p)).toThrow(RangeError);
  });

  it('normal probabilities are those of R: pnorm(c(-3, -1, 0, .5, 1.96, 4))', () => {
    const expected = [0.00134989803163, 0.15865525393146, 0.5, 0.69146246127401, 0.97500210485178, 0.99996832875817];
    [-3, -1, 0, 0.5, 1.96, 4].forEach((z, i) => {
      expect(Math.abs(normalCdf(z) - expected[i]!)).toBeLessThan(2e-7);
    });
  });

  it("Student's quantiles are within 0.5 % of R's qt(c(.9, .95, .975), df) from 4 degrees of freedom on", () => {
    const expected = {
      4: [1.533206274, 2.131846786, 2.776445105],
      5: [1.475884049, 2.015048373, 2.570581836],
      10: [1.372183641, 1.812461123, 2.228138852],
      30: [1.310415025, 1.697260887, 2.042272456],
      100: [1.290074761, 1.660234326, 1.983971519],
    };
    for (const [degrees, quantiles] of Object.entries(expected)) {
      [0.9, 0.95, 0.975].forEach((p, i) => {
        expect(Math.abs(studentQuantile(p, Number(degrees)) / quantiles[i]! - 1)).toBeLessThan(0.005);
        expect(studentQuantile(1 - p, Number(degrees))).toBeCloseTo(-studentQuantile(p, Number(degrees)), 9);
      });
    }
  });

  it("two-sided p-values are near R's 2 * pt(-c(.5, 2, 4), df)", () => {
    const expected = {
      4: [0.6433299632, 0.1161165235, 0.0161300899],
      10: [0.6278936057, 0.0733880348, 0.0025183326],
      50: [0.6192685675, 0.0509470687, 0.0002091902],
    };
    for (const [degrees, values] of Object.entries(expected)) {
      [0.5, 2, 4].forEach((t, i) => {
        expect(Math.abs(twoSidedP(t, Number(degrees)) - values[i]!)).toBeLessThan(0.002);
        expect(twoSidedP(-t, Number(degrees))).toBe(twoSidedP(t, Number(degrees)));
      });
    }
  });

  it("believes what R's p.adjust(p, 'BH') <= rate believes", () => {
    // p.adjust(c(.001, .04, .03, .6, .012), 'BH'): .005, .05, .05, .6, .03
    const p = [0.001, 0.04, 0.03, 0.6, 0.012];
    expect([...falseDiscoveryControl(p, 0.04)]).toEqual([1, 0, 0, 0, 1]);
    expect([...falseDiscoveryControl(p, 0.051)]).toEqual([1, 1, 1, 0, 1]);
    expect([...falseDiscoveryControl([], 0.1)]).toEqual([]);
    expect([...falseDiscoveryControl([Number.NaN, Number.NaN], 0.1)]).toEqual([0, 0]);
  });

  it('equals the definition: the adjusted p-value is the smallest of m p / rank over higher ranks', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 20 }), (p) => {
        const naive = p.map((value) => {
          const higher = p.filter((other) => other >= value);
          return Math.min(...higher.map((other) => (p.length * other) / p.filter((q) => q <= other).length)) <= 0.1;
        });
        expect([...falseDiscoveryControl(p, 0.1)].map((one) => one === 1)).toEqual(naive);
      }),
    );
  });
});
