/** A stage of a chain that promises to deliver within a whole number of periods, and keeps stock for what that leaves. */
export interface PromisingStage {
  /** Cost of keeping one unit here for one period. */
  holding: number;
  /** Whole periods that its own work takes. */
  processingPeriods: number;
}

export interface GuaranteedService {
  /** Periods within which each stage delivers, [stage]. */
  promised: Int32Array;
  /** Safety stock of each stage, [stage]. */
  safetyStock: Float64Array;
  /** Cost of holding it per period. */
  cost: number;
}

/**
 * Places safety stock in a chain where it costs least, by dynamic programming over promised times (Graves and Willems
 * 2000; Simpson 1958): a stage that waits `in`, works `p` and promises `out` keeps
 * `safetyFactor x sd x root(in + p - out)`.
 *
 * @param stages from the one served from outside to the one that sells
 * @param inbound periods in which the first stage is served
 * @param outbound periods that the customer is promised
 * @param sd standard deviation of demand per period
 * O(stages x periods^2).
 */
export function guaranteedServiceTimes(
  stages: readonly PromisingStage[],
  inbound: number,
  outbound: number,
  sd: number,
  safetyFactor: number,
): GuaranteedService {
  const longest = inbound + stages.reduce((sum, { processingPeriods }) => sum + processingPeriods, 0);
  let least = new Float64Array(longest + 1).fill(Infinity);
  least[inbound] = 0;
  const cameFrom: Int32Array[] = [];
  stages.forEach(({ holding, processingPeriods }, stage) => {
    const next = new Float64Array(longest + 1).fill(Infinity);
    const from = new Int32Array(longest + 1);
    for (let waits = 0; waits <= longest; waits++) {
      for (let out = 0; out <= Math.min(longest, waits + processingPeriods); out++) {
        if (stage === stages.length - 1 && out > outbound) continue;
        const cost = least[waits]! + holding * safetyFactor * sd * Math.sqrt(waits + processingPeriods - out);
        if (cost >= next[out]!) continue;
        next[out] = cost;
        from[out] = waits;
      }
    }
    least = next;
    cameFrom.push(from);
  });
  const promised = new Int32Array(stages.length);
  const safetyStock = new Float64Array(stages.length);
  let out = least.indexOf(Math.min(...least));
  const cost = least[out]!;
  for (let stage = stages.length - 1; stage >= 0; stage--) {
    const waits = cameFrom[stage]![out]!;
    promised[stage] = out;
    safetyStock[stage] = safetyFactor * sd * Math.sqrt(waits + stages[stage]!.processingPeriods - out);
    out = waits;
  }
  return { promised, safetyStock, cost };
}
