/** Forecast demand from the as-of morning on, as a running sum over days. */
export interface DemandCurve {
  /** Sum of the means of periods before `i`, [periods + 1]. */
  cumulative: Float64Array;
  periodDays: number;
  /** Mean per day after the horizon. */
  ratePerDay: number;
}

/** @param mean forecast mean per period; beyond it demand goes on at the mean rate, and negative or unknown is 0. */
export function demandCurve(mean: ArrayLike<number>, periodDays: number): DemandCurve {
  const cumulative = new Float64Array(mean.length + 1);
  for (let h = 0; h < mean.length; h++) cumulative[h + 1] = cumulative[h]! + Math.max(0, mean[h]! || 0);
  const total = cumulative[mean.length]!;
  return { cumulative, periodDays, ratePerDay: mean.length > 0 ? total / (mean.length * periodDays) : 0 };
}

/** Mean demand from the as-of morning to the morning `days` later; a part of a period counts in proportion. */
export function demandUntil(curve: DemandCurve, days: number): number {
  const { cumulative, periodDays, ratePerDay } = curve;
  const periods = cumulative.length - 1;
  const at = days / periodDays;
  if (at >= periods) return cumulative[periods]! + (days - periods * periodDays) * ratePerDay;
  const whole = Math.max(0, Math.floor(at));
  return cumulative[whole]! + (at - whole) * (cumulative[whole + 1]! - cumulative[whole]!);
}

/** Days until the mean demand has used up `quantity`; Infinity where no demand is forecast. */
export function daysToSell(curve: DemandCurve, quantity: number): number {
  if (quantity <= 0) return 0;
  const { cumulative, periodDays, ratePerDay } = curve;
  for (let h = 1; h < cumulative.length; h++) {
    if (cumulative[h]! < quantity) continue;
    const before = cumulative[h - 1]!;
    return (h - 1 + (quantity - before) / (cumulative[h]! - before)) * periodDays;
  }
  const periods = cumulative.length - 1;
  return ratePerDay > 0 ? periods * periodDays + (quantity - cumulative[periods]!) / ratePerDay : Infinity;
}
