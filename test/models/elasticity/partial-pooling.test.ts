import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../data/random.ts';
import { poolPartially } from '../../../models/elasticity/partial-pooling.ts';

/** Eight schools, Gelman et al., Bayesian Data Analysis, table 5.2. */
const SCHOOLS = { estimates: [28, 8, -3, 7, -1, 1, 18, 12], errors: [15, 10, 16, 11, 9, 11, 10, 18] };

describe('partial pooling', () => {
  it('draws the eight schools together as the textbook does', () => {
    // The prior on the spread is of the scale of elasticities, so the effects are given in tens of points.
    const scaled = { estimates: SCHOOLS.estimates.map((y) => y / 10), errors: SCHOOLS.errors.map((e) => e / 10) };
    const [pooled] = poolPartially([scaled], 0.95);
    // BDA table 5.3: posterior medians 5 to 10 points, in the order of the estimates' pull.
    for (const { estimate } of pooled!) expect(estimate * 10).toBeGreaterThan(4.5);
    for (const { estimate } of pooled!) expect(estimate * 10).toBeLessThan(11.5);
    const order = pooled!.map(({ estimate }, i) => ({ estimate, i })).sort((a, b) => b.estimate - a.estimate);
    expect(order.slice(0, 2).map(({ i }) => i)).toEqual([0, 6]);
  });

  it('equals a naive sum over a grid of spreads', () => {
    const groups = [
      { estimates: [-1, -2.2, -1.4], errors: [0.2, 0.5, 0.3] },
      { estimates: [-3, -2.1], errors: [0.4, 0.1] },
    ];
    let total = 0;
    let first = 0;
    for (let spread = 0.01; spread < 4; spread += 0.02) {
      let density = Math.exp(-0.5 * spread ** 2);
      let ofFirst = 0;
      groups.forEach(({ estimates, errors }, g) => {
        const weights = errors.map((e) => 1 / (e ** 2 + spread ** 2));
        const precision = weights.reduce((a, b) => a + b);
        const centre = estimates.reduce((sum, y, i) => sum + weights[i]! * y, 0) / precision;
        density /= Math.sqrt(precision);
        estimates.forEach((y, i) => {
          density *= Math.sqrt(weights[i]!) * Math.exp(-0.5 * weights[i]! * (y - centre) ** 2);
        });
        if (g === 0) {
          const trust = spread ** 2 * weights[0]!;
          ofFirst = trust * estimates[0]! + (1 - trust) * centre;
        }
      });
      total += density;
      first += density * ofFirst;
    }
    expect(poolPartially(groups, 0.9)[0]![0]!.estimate).toBeCloseTo(first / total, 10);
  });

  it('holds the truth in about nine of ten 90 % intervals, also where a group is alike by chance', () => {
    const random = createRandom(5);
    let held = 0;
    let all = 0;
    for (let company = 0; company < 40; company++) {
      const truth = Array.from({ length: 6 }, () => Array.from({ length: 8 }, () => -1.7 + 0.4 * random.normal()));
      const groups = truth.map((group) => {
        const errors = group.map(() => 0.1 + 0.4 * random.uniform());
        return { errors, estimates: group.map((value, i) => value + errors[i]! * random.normal()) };
      });
      poolPartially(groups, 0.9).forEach((pooled, g) => {
        pooled.forEach(({ lo, hi }, i) => {
          all++;
          if (lo <= truth[g]![i]! && truth[g]![i]! <= hi) held++;
        });
      });
    }
    expect(held / all).toBeGreaterThan(0.88);
    expect(held / all).toBeLessThan(0.92);
  });

  it('gives a member without an estimate the mean of its group and a wider interval', () => {
    const [[known, unknown]] = poolPartially([{ estimates: [-1.5, Number.NaN], errors: [0.1, Number.NaN] }], 0.9) as [
      [{ estimate: number; lo: number; hi: number }, { estimate: number; lo: number; hi: number }],
    ];
    expect(unknown.estimate).toBeCloseTo(-1.5, 6);
    expect(unknown.hi - unknown.lo).toBeGreaterThan(3 * (known.hi - known.lo));
  });

  it('gives nothing for a group without any estimate, and does not mind no group', () => {
    expect(poolPartially([{ estimates: [Number.NaN], errors: [1] }], 0.9)[0]![0]!.estimate).toBeNaN();
    expect(poolPartially([], 0.9)).toEqual([]);
  });
});
