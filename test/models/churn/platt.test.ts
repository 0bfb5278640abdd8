import { expect, test } from 'vitest';
import { calibrate, fitPlatt } from '../../../models/churn/platt.ts';

const logOdds = [-2, -1.5, -1, -0.5, 0, 0.3, 0.8, 1.2, 1.9, 2.5];
const labels = [0, 0, 1, 0, 0, 1, 0, 1, 1, 1];

test("is R's glm(label ~ log_odds, family = binomial), up to its slight ridge", () => {
  const platt = fitPlatt(logOdds, labels);
  expect(Math.abs(platt.intercept - -0.175460398983)).toBeLessThan(0.005);
  expect(Math.abs(platt.slope - 1.136788194244)).toBeLessThan(0.02);
});

test('calibrated risks add up to the cases seen', () => {
  const platt = fitPlatt(logOdds, labels);
  const expected = logOdds.reduce((sum, odds) => sum + calibrate(platt, odds), 0);
  expect(expected).toBeCloseTo(5, 4);
});

test('one label only, one row, or log odds that are all alike give finite risks', () => {
  const finite = (platt: ReturnType<typeof fitPlatt>): boolean =>
    [-30, 0, 30].every((odds) => {
      const risk = calibrate(platt, odds);
      return risk >= 0 && risk <= 1;
    });
  expect(finite(fitPlatt(logOdds, new Array<number>(10).fill(0)))).toBe(true);
  expect(finite(fitPlatt(logOdds, new Array<number>(10).fill(1)))).toBe(true);
  expect(finite(fitPlatt([0.5], [1]))).toBe(true);
  expect(finite(fitPlatt([1, 1, 1, 1], [0, 1, 0, 1]))).toBe(true);
});
