import { type DiscountAdvice, decideDiscount, type NoDiscount } from '../models/discount/decide.ts';
import { readCandidates } from './discount/candidates.ts';
import { adviceColumns, OUT_DISCOUNT, type SeriesAdvice } from './discount/columns.ts';
import type { Job, JobContext, JobResult } from './job.ts';

/** Markdowns where stock will outlast its demand. */
export const discountJob: Job = {
  name: 'discount',
  needs: ['forecast', 'elasticity'],
  requires: [['sales', 'orders'], ['stock']],
  marts: ['mart_discount'],
  async run(context: JobContext): Promise<JobResult> {
    const { config, warehouse, progress } = context;
    progress.update('stock, forecast and prices');
    const candidates = await readCandidates(context);

    progress.update('depth of discount');
    const advice: SeriesAdvice[] = [];
    const none: Record<NoDiscount, number> = {
      NOT_OVERSTOCKED: 0,
      NO_PRICE: 0,
      DOES_NOT_PAY: 0,
      NOT_CERTAIN: 0,
      MARGIN_FLOOR: 0,
    };
    for (const { series, candidate } of candidates) {
      const decision = decideDiscount(candidate, config.discount);
      if (typeof decision === 'string') none[decision]++;
      else advice.push({ series, candidate, advice: decision });
    }

    await warehouse.write('out_discount', OUT_DISCOUNT, adviceColumns(advice, context.asOf, config.currency));
    await warehouse.build(['mart_discount']);
    return summary(advice, none, candidates.length);
  },
};

function summary(rows: SeriesAdvice[], none: Record<NoDiscount, number>, stocked: number): JobResult {
  const isDefault = ({ reason }: DiscountAdvice): boolean => reason.startsWith('DEFAULT');
  const gain = rows.reduce((sum, { advice }) => sum + advice.gain, 0);
  return {
    counts: {
      stocked,
      discounts: rows.length,
      atDefaultDepth: rows.filter(({ advice }) => isDefault(advice)).length,
      notOverstocked: none.NOT_OVERSTOCKED,
      doesNotPay: none.DOES_NOT_PAY,
      notCertain: none.NOT_CERTAIN,
      belowMarginFloor: none.MARGIN_FLOOR,
      withoutPrice: none.NO_PRICE,
    },
    money: [{ name: 'discount_expected_gain', amount: gain }],
    notes: [
      ...(none.DOES_NOT_PAY > 0
        ? [`${none.DOES_NOT_PAY} overstocked products and locations are left at full price: no allowed depth pays.`]
        : []),
      ...(none.NO_PRICE > 0
        ? [
            `Overstocked products and locations without a price to mark down: ${none.NO_PRICE}. Give unit_price in the sales, or the table prices.`,
          ]
        : []),
    ],
  };
}
