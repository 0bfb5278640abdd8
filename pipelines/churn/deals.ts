import { dealAction, dealReason } from '../../models/churn/deal-reasons.ts';
import { riskCutoffs } from '../../models/churn/risk-backtest.ts';
import { backtestStages, type StageBacktestRow } from '../../models/churn/stage-backtest.ts';
import { dealPace, STILL_THERE, type StageStays, stageTimes } from '../../models/churn/stage-times.ts';
import type { JobContext } from '../job.ts';
import { NO_VALUE } from '../warehouse/columns.ts';
import type { DEAL_BACKTEST, DEAL_PACE, RowOf } from './tables.ts';

export interface DealPart {
  paces: RowOf<typeof DEAL_PACE>[];
  backtest: RowOf<typeof DEAL_BACKTEST>[];
  alerts: number;
  amount: number;
  notes: string[];
}

/** Open deals against the usual time of their stage. */
export async function deals(context: JobContext): Promise<DealPart> {
  const { warehouse, asOf, config } = context;
  context.progress.update('deals: time in stage');
  await warehouse.build(['int_deals', 'int_deal_stages']);
  const { rows: dealCount, columns: facts } = await warehouse.read(
    'int_deals',
    { deal_idx: 'i32', ended_on: 'day', outcome: 'text', last_activity_on: 'day', amount: 'f64' },
    ['deal_idx'],
  );
  const { rows, columns } = await warehouse.read(
    'int_deal_stages',
    {
      deal_idx: 'i32',
      stage: 'text',
      stage_idx: 'i32',
      product_code: 'i32',
      entered_on: 'day',
      left_on: 'day',
      is_current: 'flag',
    },
    ['deal_idx', 'entered_on', 'stage_idx'],
  );
  const open = (day: number): number => (day === NO_VALUE ? STILL_THERE : day);
  const stays: StageStays = {
    deal: columns.deal_idx,
    stage: columns.stage_idx,
    product: columns.product_code,
    enteredOn: columns.entered_on,
    leftOn: columns.left_on.map(open),
  };
  const stages = columns.stage_idx.reduce((most, stage) => Math.max(most, stage + 1), 0);
  const { stageQuantile, horizonDays, cutoffs } = config.churn;
  const times = stageTimes(stays, stages, asOf, stageQuantile);
  const paces: RowOf<typeof DEAL_PACE>[] = [];
  let amount = 0;
  for (let i = 0; i < rows; i++) {
    if (columns.is_current[i] !== 1) continue;
    const deal = stays.deal[i]!;
    const pace = dealPace(times[stays.stage[i]!], stays.product[i]!, asOf - stays.enteredOn[i]!);
    const active = facts.last_activity_on[deal]!;
    const quiet = active === NO_VALUE ? Number.NaN : asOf - active;
    const reason = dealReason(columns.stage[i]!, pace, quiet);
    const action = dealAction(pace, quiet);
    if (pace.alert && facts.amount[deal]! > 0) amount += facts.amount[deal]!;
    paces.push({
      deal_idx: deal,
      days_in_stage: pace.daysInStage,
      expected_days: pace.expectedDays,
      limit_days: pace.limitDays,
      slower_share: pace.slowerShare,
      alert: pace.alert,
      reason: reason.en,
      reason_zh: reason.zh,
      action: action.en,
      action_zh: action.zh,
    });
  }
  const first = stays.enteredOn.reduce((day, entered) => Math.min(day, entered), asOf);
  const ends = {
    endedOn: facts.ended_on.map(open),
    isWon: Uint8Array.from({ length: dealCount }, (_, deal) => (facts.outcome[deal] === 'won' ? 1 : 0)),
  };
  const dates = riskCutoffs(first, asOf, horizonDays, cutoffs);
  const backtest = backtestStages(stays, stages, ends, dates, horizonDays, stageQuantile);
  return {
    paces,
    backtest: backtest.map(({ cutoff, open: stillOpen, ...row }) => ({
      cutoff_on: cutoff,
      still_open: stillOpen,
      ...row,
    })),
    alerts: paces.filter(({ alert }) => alert).length,
    amount,
    notes: backtestNotes(backtest),
  };
}

function backtestNotes(rows: readonly StageBacktestRow[]): string[] {
  const total = (alert: boolean): { deals: number; lost: number; open: number } =>
    rows
      .filter((row) => row.alert === alert)
      .reduce((sum, row) => ({ deals: sum.deals + row.deals, lost: sum.lost + row.lost, open: sum.open + row.open }), {
        deals: 0,
        lost: 0,
        open: 0,
      });
  const [slow, usual] = [total(true), total(false)];
  if (slow.deals === 0 || usual.deals === 0) return [];
  const share = (part: number, all: number): string => `${Math.round((100 * part) / all)} %`;
  return [
    `Deals with an alert at earlier dates: ${share(slow.lost, slow.deals)} lost and ${share(slow.open, slow.deals)} still open after the horizon; ` +
      `without one ${share(usual.lost, usual.deals)} and ${share(usual.open, usual.deals)}.`,
  ];
}
