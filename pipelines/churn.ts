import { attributeRiskOf } from './churn/attribute-risk.ts';
import { readCustomers } from './churn/customer-record.ts';
import { type DealPart, deals } from './churn/deals.ts';
import { orderRisk, type RiskPart } from './churn/order-risk.ts';
import {
  CHURN_BACKTEST,
  CHURN_RELIABILITY,
  CUSTOMER_RISK,
  columnsOf,
  DEAL_BACKTEST,
  DEAL_PACE,
  riskTableRow,
} from './churn/tables.ts';
import type { Job, JobContext, JobResult } from './job.ts';

const MARTS = [
  'mart_churn',
  'mart_customer',
  'mart_churn_backtest',
  'mart_churn_reliability',
  'mart_opportunity_alert',
  'mart_opportunity_backtest',
] as const;

const NOTHING: RiskPart = { rows: [], backtest: [], reliability: [], notes: [] };
const NO_DEALS: DealPart = { paces: [], backtest: [], alerts: 0, amount: 0, notes: [] };

/** Customers and deals about to be lost, with reasons, the money at risk and the next action. */
export const churnJob: Job = {
  name: 'churn',
  needs: ['load'],
  requires: [['orders', 'customers', 'opportunities']],
  marts: MARTS,
  async run(context: JobContext): Promise<JobResult> {
    const { warehouse, config } = context;
    const list = await readCustomers(context);

    const byOrders = context.has('orders') ? await orderRisk(context, list) : NOTHING;
    const scored = new Set(byOrders.rows.map((row) => row.customer_idx));
    const others = Array.from(list.isListed.keys()).filter((c) => list.isListed[c] === 1 && !scored.has(c));
    const byAttributes =
      config.churn.label !== '' && others.length > 0 ? await attributeRiskOf(context, list, others) : NOTHING;
    const openDeals = context.has('opportunities') ? await deals(context) : NO_DEALS;

    const rows = [...byOrders.rows, ...byAttributes.rows].sort((a, b) => a.customer_idx - b.customer_idx);
    const backtest = [...byOrders.backtest, ...byAttributes.backtest];
    const reliability = [...byOrders.reliability, ...byAttributes.reliability];
    await warehouse.write('out_customer_risk', CUSTOMER_RISK, columnsOf(CUSTOMER_RISK, rows.map(riskTableRow)));
    await warehouse.write('out_churn_backtest', CHURN_BACKTEST, columnsOf(CHURN_BACKTEST, backtest));
    await warehouse.write('out_churn_reliability', CHURN_RELIABILITY, columnsOf(CHURN_RELIABILITY, reliability));
    await warehouse.write('out_deal_pace', DEAL_PACE, columnsOf(DEAL_PACE, openDeals.paces));
    await warehouse.write('out_deal_backtest', DEAL_BACKTEST, columnsOf(DEAL_BACKTEST, openDeals.backtest));
    await warehouse.build([...MARTS, 'int_orders_left_out']);

    const [leftOut] = await warehouse.readRows<{ lines: number }>('int_orders_left_out');
    const count = (status: string): number => rows.filter((row) => row.status === status).length;
    return {
      counts: {
        customers: rows.length,
        atRisk: count('at risk'),
        lost: count('lost'),
        openDeals: openDeals.paces.length,
        dealAlerts: openDeals.alerts,
        orderLinesWithoutCustomer: Number(leftOut!.lines),
      },
      money: [
        { name: 'churn_value_at_risk', amount: rows.reduce((sum, row) => sum + row.value_at_risk, 0) },
        { name: 'deal_value_stuck', amount: openDeals.amount },
      ],
      notes: [...byOrders.notes, ...byAttributes.notes, ...openDeals.notes],
    };
  },
};
