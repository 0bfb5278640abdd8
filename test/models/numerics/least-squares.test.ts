import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { solveSymmetric } from '../../../models/numerics/cholesky.ts';

describe('solveSymmetric', () => {
  it('solves what R solves', () => {
    // R: solve(matrix(c(4,2,1, 2,5,3, 1,3,6), 3), c(1,2,3))
    const x = solveSymmetric(Float64Array.of(4, 0, 0, 2, 5, 0, 1, 3, 6), Float64Array.of(1, 2, 3), 3);
    [0.089552238806, 0.10447761194, 0.432835820896].forEach((value, i) => {
      expect(x[i]).toBeCloseTo(value, 11);
    });
  });

  it('gives back the right-hand side when multiplied out, whatever the matrix', () => {
    const cell = fc.double({ min: -2, max: 2, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(cell, { minLength: 16, maxLength: 16 }),
        fc.array(cell, { minLength: 4, maxLength: 4 }),
        (m, b) => {
          const a = new Float64Array(16);
          for (let i = 0; i < 4; i++) {
            for (let j = 0; j < 4; j++) {
              for (let k = 0; k < 4; k++) a[i * 4 + j]! += m[i * 4 + k]! * m[j * 4 + k]!;
            }
            a[i * 4 + i]! += 1;
          }
          const x = solveSymmetric(a, Float64Array.from(b), 4);
          for (let i = 0; i < 4; i++) {
            let sum = 0;
            for (let j = 0; j < 4; j++) sum += a[i * 4 + j]! * x[j]!;
            expect(sum).toBeCloseTo(b[i]!, 8);
          }
        },
      ),
    );
  });

  it('gives zero for a column that nothing is known about', () => {
    expect([...solveSymmetric(Float64Array.of(4, 0, 0, 0), Float64Array.of(8, 0), 2)]).toEqual([2, 0]);
  });
});
