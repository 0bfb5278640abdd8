/** All that was forecast during a replay, by origin. */
export interface OriginForecasts {
  /** First periods forecast, as periods of the panel, ascending. */
  origins: number[];
  horizon: number;
  /** Means, [origin][series][horizon]. */
  means: Float32Array[];
}
