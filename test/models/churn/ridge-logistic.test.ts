import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom } from '../../../data/random.ts';
import { calibrate, fitPlatt } from '../../../models/churn/platt.ts';
import { chooseLambda, fitRidgeLogistic, logOdds, splitFold } from '../../../models/churn/ridge-logistic.ts';
import { areaUnderCurve, reliabilityOf, scoreRisk } from '../../../models/churn/risk-metrics.ts';
import { gammaln, hyp2f1, logistic, logit } from '../../../models/churn/special-functions.ts';

// R's mtcars
const weight = [
  2.62, 2.875, 2.32, 3.215, 3.44, 3.46, 3.57, 3.19, 3.15, 3.44, 3.44, 4.07, 3.73, 3.78, 5.25, 5.424, 5.345, 2.2, 1.615,
  1.835, 2.465, 3.52, 3.435, 3.84, 3.845, 1.935, 2.14, 1.513, 3.17, 2.77, 3.57, 2.78,
];
const horsepower = [
  110, 110, 93, 110, 175, 105, 245, 62, 95, 123, 123, 180, 180, 180, 205, 215, 230, 66, 52, 65, 97, 150, 150, 245, 175,
  66, 91, 113, 264, 175, 335, 109,
];
const manual = [1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1];
const cars = {
  rows: 32,
  width: 2,
  values: Float64Array.from(weight.flatMap((value, i) => [value, horsepower[i]!])),
};

test('without a penalty the coefficients are those of R: coef(glm(am ~ wt + hp, mtcars, family = binomial))', () => {
  const model = fitRidgeLogistic(cars, manual, 0);
  expect(model.intercept).toBeCloseTo(18.8662987, 4);
  expect(model.coefficients[0]).toBeCloseTo(-8.0834752, 4);
  expect(model.coefficients[1]).toBeCloseTo(0.0362556, 5);
});

test('with one they are those of scikit-learn 1.9: LogisticRegression(C=1/lambda) on standardised columns', () => {
  const one = fitRidgeLogistic(cars, manual, 1);
  expect(one.coefficients[0]).toBeCloseTo(-2.40681594, 4);
  expect(one.coefficients[1]).toBeCloseTo(0.00815381, 5);
  const ten = fitRidgeLogistic(cars, manual, 10);
  expect(ten.coefficients[0]).toBeCloseTo(-0.65635313, 4);
  expect(ten.coefficients[1]).toBeCloseTo(-0.00075119, 5);
});

test('the scores of that model are those of scikit-learn: roc_auc_score, brier_score_loss, log_loss', () => {
  const risk = Array.from(logOdds(fitRidgeLogistic(cars, manual, 10), cars), logistic);
  const score = scoreRisk(risk, manual);
  expect(score.auc).toBeCloseTo(0.91902834, 8);
  expect(score.brier).toBeCloseTo(0.16202426, 5);
  expect(score.logLoss).toBeCloseTo(0.50468412, 5);
  expect(score.baseRate).toBeCloseTo(13 / 32, 12);
});

test('separable, constant and one-sided data give finite coefficients', () => {
  const matrix = { rows: 4, width: 2, values: Float64Array.from([1, 5, 2, 5, 3, 5, 4, 5]) };
  for (const labels of [
    [0, 0, 1, 1],
    [1, 1, 1, 1],
    [0, 0, 0, 0],
  ]) {
    const model = fitRidgeLogistic(matrix, labels, 0.1);
    expect(Number.isFinite(model.intercept)).toBe(true);
    expect(model.coefficients.every(Number.isFinite)).toBe(true);
    expect(Math.abs(model.coefficients[1]!)).toBeLessThan(1e-6);
  }
});

test('a strong penalty is chosen where the columns carry nothing', () => {
  const random = createRandom(5);
  const width = 20;
  const matrix = { rows: 120, width, values: Float64Array.from({ length: 120 * width }, () => random.normal()) };
  const labels = Array.from({ length: 120 }, () => random.below(2));
  const order = Array.from({ length: 120 }, (_, i) => i);
  expect(chooseLambda(matrix, labels, order)).toBe(100);
});

test('folds share the rows out without overlap', () => {
  const order = [4, 2, 0, 1, 3];
  const seen = [0, 1].flatMap((fold) => splitFold(order, fold, 2).test).sort();
  expect(seen).toEqual([0, 1, 2, 3, 4]);
  expect(splitFold(order, 0, 2).train).toEqual([2, 1]);
});

test('the area under the curve is the share of pairs in the right order', () => {
  expect(areaUnderCurve([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1])).toBe(0.75);
  expect(areaUnderCurve([1, 2], [1, 1])).toBeNaN();
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 1 })), { minLength: 2 }),
      (rows) => {
        const positives = rows.filter((row) => row[1] === 1);
        const negatives = rows.filter((row) => row[1] === 0);
        fc.pre(positives.length > 0 && negatives.length > 0);
        let wins = 0;
        for (const p of positives) for (const q of negatives) wins += p[0] > q[0] ? 1 : p[0] === q[0] ? 0.5 : 0;
        const auc = areaUnderCurve(
          rows.map((row) => row[0]),
          rows.map((row) => row[1]),
        );
        expect(auc).toBeCloseTo(wins / positives.length / negatives.length, 10);
      },
    ),
  );
});

test('Platt calibration takes back a stretch of the log odds', () => {
  const random = createRandom(9);
  const truth = Array.from({ length: 20_000 }, () => random.normal());
  const labels = truth.map((eta) => (random.uniform() < logistic(eta) ? 1 : 0));
  const platt = fitPlatt(
    truth.map((eta) => 2 * eta + 1),
    labels,
  );
  expect(platt.slope).toBeCloseTo(0.5, 1);
  expect(calibrate(platt, 1)).toBeCloseTo(0.5, 1);
});

test('reliability bands hold every customer once', () => {
  const bands = reliabilityOf([0, 0.05, 0.55, 1], [0, 1, 1, 1]);
  expect(bands.map((band) => band.customers)).toEqual([2, 1, 1]);
  expect(bands[0]).toMatchObject({ from: 0, predicted: 0.025, actual: 0.5 });
});

test('special functions have their known values', () => {
  expect(gammaln(5)).toBeCloseTo(Math.log(24), 12);
  expect(gammaln(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 12);
  expect(gammaln(1e6) / 12815504.569147712).toBeCloseTo(1, 12);
  expect(hyp2f1(1, 1, 2, 0.5)).toBeCloseTo(2 * Math.LN2, 12);
  // scipy.special.hyp2f1(0.7, -1.3, 4.2, 0.9)
  expect(hyp2f1(0.7, -1.3, 4.2, 0.9)).toBeCloseTo(0.814617090420685, 12);
  expect(logistic(-800)).toBe(0);
  expect(logit(logistic(1.5))).toBeCloseTo(1.5, 10);
});
