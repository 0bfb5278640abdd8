import { fitSpreads, type WindowErrors } from '../../models/restock/fit-spread.ts';
import { REPLAY_POLICIES, type ReplayCost, replayPolicy } from '../../models/restock/replay.ts';
import { UNKNOWN_SPREAD } from '../../models/restock/spread.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { isKnown, type RestockPair } from './read-pairs.ts';
import type { SeriesWindows } from './series-windows.ts';

interface History {
  cutoffs: number;
  horizon: number;
  /** [series][cutoff][horizon]. */
  actual: Float64Array;
  forecast: Float64Array;
}

/**
 * Replays restock on the stretches of the forecast's backtest and leaves `out_replay`, one row per policy and stretch.
 *
 * Each stretch uses the forecast made before it, demand before it, and errors of earlier stretches only; so the first
 * stretch teaches and is not played. Stores only: what a warehouse would have sent is not known.
 */
export async function replayHistory(
  warehouse: Warehouse,
  pairs: readonly RestockPair[],
  errors: WindowErrors,
  windows: SeriesWindows,
  periodDays: number,
): Promise<void> {
  const { cutoffs, horizon, actual, forecast } = await readHistory(warehouse);
  const rows: { policy: string; cutoff: number; total: ReplayCost; pairs: number }[] = [];
  const stretch = (values: Float64Array, series: number, cutoff: number): Float64Array =>
    values.subarray((series * cutoffs + cutoff) * horizon, (series * cutoffs + cutoff + 1) * horizon);
  for (let cutoff = 1; cutoff < cutoffs; cutoff++) {
    const spreads = fitSpreads(before(errors, cutoff), windows.segment, windows.isCount);
    for (const policy of REPLAY_POLICIES) {
      const total: ReplayCost = { holding: 0, shortage: 0, demanded: 0, served: 0 };
      let played = 0;
      for (const { series, terms, isWarehouse, isWhole } of pairs) {
        if (isWarehouse || !isKnown(series) || !(terms.holdingEstimate > 0) || !(terms.shortageEstimate > 0)) continue;
        const cost = replayPolicy(
          {
            actual: stretch(actual, series, cutoff),
            forecast: stretch(forecast, series, cutoff),
            before: stretch(actual, series, cutoff - 1),
            leadPeriods: Math.round(terms.leadDays / periodDays),
            reviewPeriods: Math.max(1, Math.round(terms.reviewDays / periodDays)),
            holdingPerUnitPeriod: terms.holdingEstimate * periodDays,
            shortagePerUnit: terms.shortageEstimate,
            spread: spreads[series] ?? UNKNOWN_SPREAD,
            isCount: isWhole,
          },
          policy,
        );
        total.holding += cost.holding;
        total.shortage += cost.shortage;
        total.demanded += cost.demanded;
        total.served += cost.served;
        played++;
      }
      rows.push({ policy, cutoff, total, pairs: played });
    }
  }
  const number = (of: (row: (typeof rows)[number]) => number): Float64Array => Float64Array.from(rows, of);
  await warehouse.write(
    'out_replay',
    {
      policy: 'text',
      cutoffs_back: 'i32',
      pairs: 'i32',
      holding: 'f64',
      shortage: 'f64',
      demanded: 'f64',
      served: 'f64',
    },
    {
      policy: rows.map(({ policy }) => policy),
      cutoffs_back: Int32Array.from(rows, (row) => cutoffs - row.cutoff),
      pairs: Int32Array.from(rows, (row) => row.pairs),
      holding: number(({ total }) => total.holding),
      shortage: number(({ total }) => total.shortage),
      demanded: number(({ total }) => total.demanded),
      served: number(({ total }) => total.served),
    },
  );
}

function before(errors: WindowErrors, cutoff: number): WindowErrors {
  const keep = Array.from(errors.cutoff.keys()).filter((i) => errors.cutoff[i]! < cutoff);
  return {
    series: Int32Array.from(keep, (i) => errors.series[i]!),
    cutoff: Int32Array.from(keep, (i) => errors.cutoff[i]!),
    forecast: Float64Array.from(keep, (i) => errors.forecast[i]!),
    actual: Float64Array.from(keep, (i) => errors.actual[i]!),
  };
}

async function readHistory(warehouse: Warehouse): Promise<History> {
  await warehouse.build(['int_replay_demand']);
  const { rows, columns } = await warehouse.read(
    'int_replay_demand',
    { cutoff_idx: 'i32', h: 'i32', actual: 'f64', forecast: 'f64' },
    ['series_idx', 'cutoff_idx', 'h'],
  );
  const newest = rows === 0 ? -1 : rows - 1;
  return {
    cutoffs: newest < 0 ? 0 : columns.cutoff_idx[newest]! + 1,
    horizon: newest < 0 ? 0 : columns.h[newest]! + 1,
    actual: columns.actual,
    forecast: columns.forecast,
  };
}
