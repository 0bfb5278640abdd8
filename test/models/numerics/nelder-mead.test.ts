import { describe, expect, it } from 'vitest';
import { nelderMead } from '../../../models/numerics/nelder-mead.ts';

describe('nelderMead', () => {
  it('finds the bottom of Rosenbrock’s valley', () => {
    const { point, value } = nelderMead(([a, b]) => (1 - a!) ** 2 + 100 * (b! - a! * a!) ** 2, [-1.2, 1]);
    expect(point[0]).toBeCloseTo(1, 4);
    expect(point[1]).toBeCloseTo(1, 4);
    expect(value).toBeLessThan(1e-8);
  });

  it('takes a value that is not a number as the worst', () => {
    const { point } = nelderMead(([a]) => (a! < 0 ? Number.NaN : (a! - 1) ** 2), [3], 1);
    expect(point[0]).toBeCloseTo(1, 3);
  });
});
