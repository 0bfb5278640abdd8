/** The corners of the lower convex hull of a line's costs, and the slope between neighbours. */
export interface Hull {
  /** Indexes of quantities, ascending. */
  corners: Int32Array;
  /** Cost per unit from each corner to the next; ascending. */
  slopes: Float64Array;
}

/** Lower convex hull of points with ascending x (Andrew 1979, monotone chain). O(points). */
export function lowerHull(x: Float64Array, y: Float64Array): Hull {
  const corners: number[] = [];
  const slope = (a: number, b: number): number => (y[b]! - y[a]!) / (x[b]! - x[a]!);
  for (let i = 0; i < x.length; i++) {
    while (corners.length > 1 && slope(corners.at(-2)!, corners.at(-1)!) >= slope(corners.at(-1)!, i)) corners.pop();
    corners.push(i);
  }
  return {
    corners: Int32Array.from(corners),
    slopes: Float64Array.from(corners.slice(1), (corner, i) => slope(corners[i]!, corner)),
  };
}

/** Index of the least quantity at which cost plus `price` per unit is least. O(log corners). */
export function cheapestCorner({ corners, slopes }: Hull, price: number): number {
  let low = 0;
  let high = slopes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (slopes[middle]! + price < 0) low = middle + 1;
    else high = middle;
  }
  return corners[low]!;
}
