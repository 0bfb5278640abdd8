/** Series are told apart by how much they sell in a window: chance weighs on small numbers, the level on large ones. */
export const VOLUME_SEGMENTS = 5;

/**
 * Segment of each series, fifths by mean demand of its window, from the slowest. Ties keep the order of the series.
 *
 * @param windowDemand mean demand of the window, per series
 */
export function volumeSegments(windowDemand: ArrayLike<number>): Int32Array {
  const count = windowDemand.length;
  const order = Array.from({ length: count }, (_, i) => i).sort((a, b) => windowDemand[a]! - windowDemand[b]! || a - b);
  const segment = new Int32Array(count);
  order.forEach((series, place) => {
    segment[series] = Math.floor((place * VOLUME_SEGMENTS) / count);
  });
  return segment;
}
