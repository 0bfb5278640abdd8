import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../data/random.ts';
import { clusterVariance, oneStep, residualise } from '../../../models/elasticity/cluster-variance.ts';
import { type CountDesign, fitCounts } from '../../../models/elasticity/poisson-regression.ts';

/** A dense design: dummy `d` is on where `flags[i]` has bit d. */
function designOf(given: {
  y: number[];
  group?: number[];
  flags?: number[];
  dummies?: number;
  dense?: number[][];
  cluster?: number[];
}): CountDesign {
  const { y, dummies = 0, dense = [] } = given;
  const group = given.group ?? y.map(() => 0);
  const cluster = given.cluster ?? y.map((_, i) => i);
  const dummy: number[] = [];
  const dummyStart = [0];
  y.forEach((_, i) => {
    for (let d = 0; d < dummies; d++) if (((given.flags?.[i] ?? 0) >> d) & 1) dummy.push(d);
    dummyStart.push(dummy.length);
  });
  return {
    rows: y.length,
    y: Float64Array.from(y),
    group: Int32Array.from(group),
    groups: Math.max(...group) + 1,
    dummyStart: Int32Array.from(dummyStart),
    dummy: Int32Array.from(dummy),
    dummies,
    dense: dense.map((column) => Float64Array.from(column)),
    cluster: Int32Array.from(cluster),
    clusters: Math.max(...cluster) + 1,
  };
}

// y <- c(4,7,3,0,5,9,12,6,2,8,1,3,6,4,0,7); g <- factor(rep(1:2,8)); d <- rep(c(0,0,1,1),4)
// x <- c(.1,-.2,.3,.5,0,-.4,-.5,.2,.4,-.3,.6,.1,-.1,.2,.7,-.2)
const y = [4, 7, 3, 0, 5, 9, 12, 6, 2, 8, 1, 3, 6, 4, 0, 7];
const x = [0.1, -0.2, 0.3, 0.5, 0, -0.4, -0.5, 0.2, 0.4, -0.3, 0.6, 0.1, -0.1, 0.2, 0.7, -0.2];
const group = y.map((_, i) => i % 2);
const flags = y.map((_, i) => (i >> 1) % 2);
const cluster = y.map((_, i) => i >> 2);
const small = { y, group, flags, dummies: 1, cluster };

describe('Poisson regression with group effects', () => {
  it("is R's glm(y ~ 0 + g + d + x, family = poisson)", () => {
    const fit = fitCounts(designOf({ ...small, dense: [x] }));
    expect(fit.converged).toBe(true);
    expect(fit.groupEffects[0]).toBeCloseTo(1.521488103267, 8);
    expect(fit.groupEffects[1]).toBeCloseTo(1.5315719189698, 8);
    expect(fit.coefficients[0]).toBeCloseTo(-0.0341185367975, 8);
    expect(fit.coefficients[1]).toBeCloseTo(-2.0436583044213, 8);
    expect(fit.deviance).toBeCloseTo(8.65655311549, 9);
    // fitted(m)[1:4]
    [3.7326643172, 6.96086382794, 2.39712972841, 1.60901828148].forEach((mean, i) => {
      expect(fit.mean[i]).toBeCloseTo(mean, 7);
    });
  });

  it('drops a column that depends on earlier ones and leaves the others as they were', () => {
    const twice = x.map((value, i) => 2 * value - (flags[i]! & 1));
    const fit = fitCounts(designOf({ ...small, dense: [x, twice] }));
    expect(fit.coefficients[1]).toBeCloseTo(-2.0436583044213, 7);
    expect(fit.coefficients[2]).toBeNaN();
    expect(clusterVariance(designOf({ ...small, dense: [x, twice] }), fit, 1)).toEqual({
      standardError: Number.NaN,
      degrees: 0,
      variation: 0,
    });
  });

  it('finds the effects of counts made without noise, whatever their level', () => {
    for (const level of [1e-3, 1, 1e5]) {
      const exact = x.map((value, i) => level * Math.exp(-1.5 * value + 0.3 * flags[i]! + group[i]!));
      const { coefficients, groupEffects } = fitCounts(designOf({ ...small, y: exact, dense: [x] }));
      expect(coefficients[1]).toBeCloseTo(-1.5, 6);
      expect(coefficients[0]).toBeCloseTo(0.3, 6);
      expect(groupEffects[1]! - groupEffects[0]!).toBeCloseTo(1, 6);
    }
  });

  it('does not mind one row, a column that stands still, or counts that fill a shop in one day', () => {
    const one = fitCounts(designOf({ y: [7], dense: [[0.4]] }));
    expect(Math.exp(one.groupEffects[0]!)).toBeCloseTo(7, 6);
    expect(one.coefficients[0]).toBeNaN();
    const still = fitCounts(designOf({ ...small, dense: [x.map(() => 2)] }));
    expect(still.coefficients[1]).toBeNaN();
    const huge = fitCounts(designOf({ ...small, y: y.map((v, i) => (i === 6 ? 1e9 : v)), dense: [x] }));
    expect([...huge.coefficients, ...huge.mean].every(Number.isFinite)).toBe(true);
  });
});

describe('cluster-robust standard errors', () => {
  const design = designOf({ ...small, dense: [x] });
  const fit = fitCounts(design);

  it("takes the other columns out as R's weighted least squares does", () => {
    // m <- glm(y ~ 0 + g + d, family = poisson); residuals(lm(x ~ 0 + g + d, weights = fitted(m)))[1:5]
    const expected = [0.0356215213358, -0.0517161410019, -0.0250927643785, 0.3875695732839, -0.0643784786642];
    const without = designOf(small);
    const left = residualise(without, fitCounts(without), Float64Array.from(x));
    expected.forEach((residual, i) => {
      expect(left[i]).toBeCloseTo(residual, 8);
    });
  });

  it('is the jackknifed sandwich of the partialled-out regression', () => {
    // r <- residuals(lm(x ~ 0 + g + d, weights = fitted(m))); w <- fitted(m); cl <- rep(1:4, each = 4)
    // s <- tapply(r*(y-w), cl, sum); sh <- tapply(w*r*r, cl, sum); I <- sum(sh)
    // sqrt(sum((s/(1-sh/I))^2)*3/4)/I; 1/sum((sh/I)^2)-1; sqrt(I/sum(w))
    const { standardError, degrees, variation } = clusterVariance(design, fit, 0);
    expect(standardError).toBeCloseTo(0.378995613524, 7);
    expect(degrees).toBeCloseTo(2.28541582484, 7);
    expect(variation).toBeCloseTo(0.298622534572, 8);
  });

  it('is not known where one cluster holds the variation', () => {
    const alone = designOf({ ...small, dense: [x.map((value, i) => (i < 4 ? value : 0))] });
    expect(clusterVariance(alone, fitCounts(alone), 0).standardError).toBeNaN();
  });

  it('a single step comes near the full fit where the coefficient is small', () => {
    const random = createRandom(4);
    const rows = 600;
    const column = Array.from({ length: rows }, () => random.normal());
    const counts = column.map((value) => Math.round(Math.max(0, 20 * Math.exp(0.02 * value) + 4 * random.normal())));
    const clusters = column.map((_, i) => Math.floor(i / 20));
    const without = designOf({ y: counts, cluster: clusters });
    const step = oneStep(without, fitCounts(without), Float64Array.from(column));
    const withColumn = designOf({ y: counts, cluster: clusters, dense: [column] });
    const full = fitCounts(withColumn);
    expect(step.estimate).toBeCloseTo(full.coefficients[0]!, 4);
    expect(step.standardError / clusterVariance(withColumn, full, 0).standardError).toBeCloseTo(1, 1);
  });
});
