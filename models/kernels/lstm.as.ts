// The network of models/forecast/lstm/network-shape.ts, forward and backward, over a tile of examples in f32 SIMD.
// Examples lie along the last axis, so that no sum within a row is needed on the way there.

export { multiplyAdd } from './lstm/arithmetic.as';
export { backward } from './lstm/backward.as';
export { forward } from './lstm/forward.as';
export {
  aheadAt, embed, entityAt, fixedAt, gradientAt, keepAt, outputAt, packParameters, parametersAt, pastAt, prepare, scaleAt, slopeAt,
  targetAt, totalAt, weightAt,
} from './lstm/layout.as';
export { countSlope, meanSlope, quantileSlope } from './lstm/slopes.as';
export { addToTotal } from './lstm/vectors.as';
