import type { EpochDay } from '../../data/day.ts';
import { writtenDate } from '../../data/written.ts';
import type { Inbound } from './inbound.ts';
import { units } from './reason.ts';

/** What is odd about the inputs of a pair, with what is needed to say so. */
export type DataIssue =
  | { code: 'STOCK_NEGATIVE'; quantity: number }
  | { code: 'STOCK_OLD'; countedOn: EpochDay }
  | { code: 'INBOUND_OVERDUE'; quantity: number }
  | { code: 'INBOUND_LOST'; quantity: number; days: number }
  | { code: 'SUPPLIER_UNKNOWN'; supplier: string }
  | { code: 'TERMS_DEFAULT'; leadDays: number; reviewDays: number }
  | { code: 'LEAD_TIME_UNKNOWN'; leadDays: number }
  | { code: 'REVIEW_PERIOD_UNKNOWN'; reviewDays: number }
  | { code: 'LEAD_TIME_ZERO' }
  | { code: 'ORDER_DAYS_UNREADABLE'; text: string }
  | { code: 'CUT_OFF_UNREADABLE'; text: string }
  | { code: 'SUPPLIER_CLOSED' };

/** What was read of a pair. */
export interface PairInputs {
  /** NaN where it was never counted. */
  onHand: number;
  countedOn: EpochDay;
  isCountOld: boolean;
  inbound: Inbound;
  lostAfterDays: number;
  /** Name of the supplier that `supply` does not know; empty where it does. */
  unknownSupplier: string;
  hasTerms: boolean;
  isLeadTimeGiven: boolean;
  /** As planned with, assumed where it was not given. */
  leadDays: number;
  isReviewPeriodGiven: boolean;
  reviewDays: number;
}

/** All that is odd about a pair, in a fixed order. */
export function dataIssues(read: PairInputs): DataIssue[] {
  const { inbound, hasTerms, leadDays, reviewDays } = read;
  const issues: DataIssue[] = [];
  if (read.onHand < 0) issues.push({ code: 'STOCK_NEGATIVE', quantity: read.onHand });
  if (read.isCountOld) issues.push({ code: 'STOCK_OLD', countedOn: read.countedOn });
  if (inbound.overdue > 0) issues.push({ code: 'INBOUND_OVERDUE', quantity: inbound.overdue });
  if (inbound.lost > 0) issues.push({ code: 'INBOUND_LOST', quantity: inbound.lost, days: read.lostAfterDays });
  if (read.unknownSupplier) issues.push({ code: 'SUPPLIER_UNKNOWN', supplier: read.unknownSupplier });
  if (!hasTerms) issues.push({ code: 'TERMS_DEFAULT', leadDays, reviewDays });
  if (hasTerms && !read.isLeadTimeGiven) issues.push({ code: 'LEAD_TIME_UNKNOWN', leadDays });
  if (hasTerms && !read.isReviewPeriodGiven) issues.push({ code: 'REVIEW_PERIOD_UNKNOWN', reviewDays });
  if (read.isLeadTimeGiven && leadDays === 0) issues.push({ code: 'LEAD_TIME_ZERO' });
  return issues;
}

const days = (count: number): string => (count === 1 ? '1 day' : `${count} days`);

/** What is odd, and what is assumed in its place. */
export function issueEnglish(issue: DataIssue): string {
  switch (issue.code) {
    case 'STOCK_NEGATIVE':
      return `Stock stands at ${units(issue.quantity)}, which cannot be: 0 is assumed. Count it.`;
    case 'STOCK_OLD':
      return `Counted on ${writtenDate(issue.countedOn, 'en')} and brought forward by sales and deliveries since.`;
    case 'INBOUND_OVERDUE':
      return `${units(issue.quantity)} are overdue: assumed to come today.`;
    case 'INBOUND_LOST':
      return `${units(issue.quantity)} are overdue by more than ${days(issue.days)}: assumed never to come.`;
    case 'SUPPLIER_UNKNOWN':
      return `Its supplier ${issue.supplier} is not in supply.`;
    case 'TERMS_DEFAULT':
      return `No terms of supply are given: a lead time of ${days(issue.leadDays)} and an order every ${days(issue.reviewDays)} are assumed.`;
    case 'LEAD_TIME_UNKNOWN':
      return `Its lead time is not given: ${days(issue.leadDays)} are assumed.`;
    case 'REVIEW_PERIOD_UNKNOWN':
      return `How often it can be ordered is not given: every ${days(issue.reviewDays)} is assumed.`;
    case 'LEAD_TIME_ZERO':
      return 'Its lead time is given as 0 days: planned as if delivered the same morning.';
    case 'ORDER_DAYS_UNREADABLE':
      return `The supplier's order days "${issue.text}" cannot be read: every day is assumed.`;
    case 'CUT_OFF_UNREADABLE':
      return `The supplier's cut-off "${issue.text}" cannot be read: none is assumed.`;
    case 'SUPPLIER_CLOSED':
      return 'The supplier takes no orders for more than a year: planned as if it did.';
  }
}

/** The same in Chinese. */
export function issueChinese(issue: DataIssue): string {
  switch (issue.code) {
    case 'STOCK_NEGATIVE':
      return `账面库存为 ${units(issue.quantity)}，不可能为负：按 0 计算，请盘点。`;
    case 'STOCK_OLD':
      return `${writtenDate(issue.countedOn, 'zh')}盘点，按此后的销售与到货推算至今。`;
    case 'INBOUND_OVERDUE':
      return `${units(issue.quantity)} 逾期未到：假定今天到货。`;
    case 'INBOUND_LOST':
      return `${units(issue.quantity)} 逾期超过 ${issue.days} 天：假定不再到货。`;
    case 'SUPPLIER_UNKNOWN':
      return `其供应商 ${issue.supplier} 不在 supply 表中。`;
    case 'TERMS_DEFAULT':
      return `未给供货条件：假定提前期 ${issue.leadDays} 天、每 ${issue.reviewDays} 天可订一次。`;
    case 'LEAD_TIME_UNKNOWN':
      return `未给提前期：假定 ${issue.leadDays} 天。`;
    case 'REVIEW_PERIOD_UNKNOWN':
      return `未给订货周期：假定每 ${issue.reviewDays} 天可订一次。`;
    case 'LEAD_TIME_ZERO':
      return '提前期为 0 天：按当天早上到货计算。';
    case 'ORDER_DAYS_UNREADABLE':
      return `供应商订货日“${issue.text}”无法识别：按每天可订计算。`;
    case 'CUT_OFF_UNREADABLE':
      return `供应商截单时间“${issue.text}”无法识别：按无截单时间计算。`;
    case 'SUPPLIER_CLOSED':
      return '供应商一年以上不接单：按照常接单计算。';
  }
}
