import { dealPace, type StageStays, stageTimes } from './stage-times.ts';

/** What became, within the horizon, of deals open at a cutoff, with and without an alert. */
export interface StageBacktestRow {
  cutoff: number;
  alert: boolean;
  deals: number;
  won: number;
  lost: number;
  /** Neither won nor lost by the end of the horizon. */
  open: number;
}

/** How each deal ended: day, and 1 won or 0 lost; `STILL_THERE` while open. */
export interface DealEnds {
  endedOn: Int32Array;
  isWon: Uint8Array;
}

/** Alerts as they would have been raised at each cutoff, against what came in the `horizon` days after it. */
export function backtestStages(
  stays: StageStays,
  stages: number,
  ends: DealEnds,
  cutoffs: readonly number[],
  horizon: number,
  quantile: number,
): StageBacktestRow[] {
  return cutoffs.flatMap((cutoff) => {
    const times = stageTimes(stays, stages, cutoff, quantile);
    const row = (alert: boolean): StageBacktestRow => ({ cutoff, alert, deals: 0, won: 0, lost: 0, open: 0 });
    const rows = [row(false), row(true)];
    for (let i = 0; i < stays.deal.length; i++) {
      if (stays.enteredOn[i]! >= cutoff || stays.leftOn[i]! < cutoff) continue;
      const deal = stays.deal[i]!;
      if (ends.endedOn[deal]! < cutoff) continue;
      const time = times[stays.stage[i]!];
      if (!time) continue;
      const { alert } = dealPace(time, stays.product[i]!, cutoff - stays.enteredOn[i]!);
      const counted = rows[alert ? 1 : 0]!;
      counted.deals++;
      if (ends.endedOn[deal]! >= cutoff + horizon) counted.open++;
      else if (ends.isWon[deal] === 1) counted.won++;
      else counted.lost++;
    }
    return rows;
  });
}
