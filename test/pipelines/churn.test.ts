import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TableName } from '../../data/contract/tables.ts';
import { dayOf, isoDateOf } from '../../data/day.ts';
import { createRandom } from '../../data/random.ts';
import { churnJob } from '../../pipelines/churn.ts';
import { inlineExecutor } from '../../pipelines/executor/executor.ts';
import type { Job, JobContext, JobResult } from '../../pipelines/job.ts';
import { monitorJob } from '../../pipelines/monitor.ts';
import type { Warehouse } from '../../pipelines/warehouse/warehouse.ts';
import { type GivenRows, warehouseWith } from '../warehouse-fixture.ts';

const AS_OF = '2025-07-01';
const END = dayOf(AS_OF);

/** Sixty shops over two years; every third has left by the as-of date, after paying ever later. */
function company(): GivenRows {
  const random = createRandom(8);
  const given: Required<Pick<GivenRows, 'orders' | 'payments' | 'customers' | 'opportunities' | 'funnel'>> = {
    orders: [],
    payments: [],
    customers: [],
    opportunities: [],
    funnel: [],
  };
  for (let c = 0; c < 60; c++) {
    const id = `C${String(c).padStart(2, '0')}`;
    given.customers.push({ customer_id: id, name: `Shop ${c}`, owner: c % 2 === 0 ? 'Ana' : 'Bo' });
    const leaves = c % 3 === 0 ? END - 40 - 6 * c : END + 400;
    let n = 0;
    for (let day = END - 700 + 3 * c; day < END + 60; day += 8 + random.below(20)) {
      if (day >= leaves) break;
      const late = leaves - day < 60 ? 25 : 1;
      const order = `${id}-${n++}`;
      const line = { order_id: order, customer_id: id, product_id: 'P1', unit_price: 5 };
      given.orders.push({ ...line, line: 1, ordered_at: `${isoDateOf(day)} 10:00:00`, quantity: 10 + random.below(9) });
      if (n % 9 === 0) given.orders.push({ ...line, line: 2, ordered_at: `${isoDateOf(day)} 10:00:00`, quantity: -2 });
      given.payments.push({
        invoice_id: order,
        customer_id: id,
        invoiced_on: isoDateOf(day),
        due_on: isoDateOf(day + 14),
        paid_on: isoDateOf(day + 14 + late),
        amount: 60,
      });
    }
  }
  given.orders.push({
    order_id: 'X',
    line: 1,
    ordered_at: '2025-01-02 09:00:00',
    product_id: 'P1',
    quantity: 1,
    unit_price: 1,
  });
  for (let d = 0; d < 60; d++) {
    const entered = END - 400 + 6 * d;
    const stays = 5 + random.below(20);
    given.opportunities.push({
      opportunity_id: `D${d}`,
      stage: 'offer',
      customer_id: 'C01',
      owner: 'Ana',
      entered_on: isoDateOf(entered),
      left_on: isoDateOf(entered + stays),
      amount: 1000,
      outcome: d % 2 === 0 ? 'won' : 'lost',
    });
  }
  const open = { stage: 'offer', customer_id: 'C02', amount: 5000, entered_on: isoDateOf(END - 45) };
  given.opportunities.push({ opportunity_id: 'SLOW', ...open });
  given.opportunities.push({ opportunity_id: 'FRESH', ...open, entered_on: isoDateOf(END - 3) });
  for (let day = END - 200; day < END - 10; day++) {
    const drop = day >= END - 14 ? 0.7 : 1;
    given.funnel.push({
      date: isoDateOf(day),
      stage: 'visit',
      visitors: Math.round(drop * (1000 + 20 * random.normal())),
    });
  }
  return given;
}

async function contextOf(given: GivenRows, churn: object = {}): Promise<JobContext & { warehouse: Warehouse }> {
  const { warehouse, config } = await warehouseWith(given, AS_OF, { churn });
  return {
    folder: '.',
    config,
    asOf: END,
    seed: 1,
    warehouse,
    executor: inlineExecutor(),
    progress: { update: () => undefined },
    has: (table: TableName) => (given[table] ?? []).length > 0,
  } as unknown as JobContext & { warehouse: Warehouse };
}

const runOn = async (job: Job, given: GivenRows, churn: object = {}) => {
  const context = await contextOf(given, churn);
  return { warehouse: context.warehouse, result: await job.run(context) };
};

describe('the churn job', () => {
  let warehouse: Warehouse;
  let result: JobResult;
  beforeAll(async () => {
    ({ warehouse, result } = await runOn(churnJob, company()));
  });
  afterAll(() => warehouse.close());

  test('lists every customer who ordered, most money at risk first, with three reasons, action and owner', async () => {
    const rows = await warehouse.readRows<Record<string, string | number>>('mart_churn', ['priority']);
    expect(rows).toHaveLength(60);
    expect(result.counts).toMatchObject({ customers: 60, orderLinesWithoutCustomer: 1 });
    for (let i = 1; i < rows.length; i++) {
      expect(rows[i - 1]!.value_at_risk).toBeGreaterThanOrEqual(rows[i]!.value_at_risk as number);
    }
    for (const row of rows) {
      for (const column of ['reason_1', 'reason_2', 'reason_3', 'reasons_zh', 'action', 'owner', 'trend']) {
        expect(String(row[column]).length).toBeGreaterThan(2 - (column === 'owner' ? 1 : 0));
      }
    }
    const money = result.money!.find(({ name }) => name === 'churn_value_at_risk')!.amount;
    expect(money).toBeCloseTo(
      rows.reduce((sum, row) => sum + Number(row.value_at_risk), 0),
      0,
    );
  });

  test('those who left are less likely alive than those who stayed', async () => {
    const [means] = await warehouse.rows<{ gone: number; here: number }>(`
      select avg(p_alive) filter (substr(customer_id, 2)::int % 3 = 0) as gone,
        avg(p_alive) filter (substr(customer_id, 2)::int % 3 <> 0) as here from mart_churn`);
    expect(means!.here).toBeGreaterThan(means!.gone + 0.5);
  });

  test('orders on and after the as-of date are not known', async () => {
    const [latest] = await warehouse.rows<{ day: string }>('select max(last_order_on)::varchar as day from mart_churn');
    expect(latest!.day < AS_OF).toBe(true);
  });

  test('customers get recency, frequency, money, tier, health and what is expected', async () => {
    const rows = await warehouse.readRows<Record<string, string | number>>('mart_customer', ['customer_id']);
    expect(rows).toHaveLength(60);
    for (const row of rows) {
      expect(row.rfm).toMatch(/^[1-5]{3}$/);
      expect(row.health).toBeGreaterThanOrEqual(0);
      expect(row.expected_orders).toBeGreaterThanOrEqual(0);
    }
    expect(rows.filter((row) => row.tier === 'TOP 20')).toHaveLength(20);
  });

  test('a deal past its usual time is on the list and a fresh one is not', async () => {
    const rows = await warehouse.rows<{ opportunity_id: string; alert: boolean; reason: string; owner: string }>(
      'select opportunity_id, alert, reason, owner from mart_opportunity_alert order by opportunity_id',
    );
    expect(rows.map((row) => [row.opportunity_id, row.alert])).toEqual([
      ['FRESH', false],
      ['SLOW', true],
    ]);
    expect(rows[1]!.reason).toContain('45 days in offer');
    expect(rows[1]!.owner).toBe('Ana');
    const open = await warehouse.rows('select entered_on from int_deal_stages where left_on is null');
    expect(open).toHaveLength(2);
  });
});

test('a label makes the risk come from attributes', async () => {
  const random = createRandom(2);
  const customers = Array.from({ length: 200 }, (_, i) => {
    const plan = i % 2 === 0 ? 'monthly' : 'yearly';
    const gone = i < 4 ? null : random.uniform() < (plan === 'monthly' ? 0.7 : 0.1) ? 'Yes' : 'No';
    return { customer_id: `C${i}`, attributes: JSON.stringify({ plan, Churn: gone, fee: 30 }) };
  });
  const { warehouse, result } = await runOn(churnJob, { customers }, { label: 'Churn', value: 'fee' });
  const rows = await warehouse.rows<{ risk: number; reason_1: string; value_at_risk: number; method: string }>(
    `select risk, reason_1, value_at_risk, method from mart_churn where customer_id in ('C0', 'C1') order by customer_id`,
  );
  expect(rows[0]!.risk).toBeGreaterThan(0.5);
  expect(rows[1]!.risk).toBeLessThan(0.3);
  expect(rows[0]).toMatchObject({ method: 'attributes' });
  expect(rows[0]!.reason_1).toContain('plan is monthly');
  expect(rows[0]!.value_at_risk).toBeCloseTo(90 * rows[0]!.risk, 1);
  expect(result.notes![0]).toContain('AUC');
  warehouse.close();
});

test('customers without orders or label give empty lists and no error', async () => {
  const { warehouse, result } = await runOn(churnJob, { customers: [{ customer_id: 'C1' }] });
  expect(result.counts).toMatchObject({ customers: 0, openDeals: 0 });
  expect(await warehouse.readRows('mart_customer')).toHaveLength(1);
  warehouse.close();
});

test('the monitor names the funnel drop and the inputs that went stale, and nothing else', async () => {
  const { warehouse } = await runOn(monitorJob, { ...company(), orders: [], payments: [] });
  const rows = await warehouse.rows<{ kind: string; subject: string; message: string }>(
    'select kind, subject, message from mart_alert order by alert_id',
  );
  expect(rows.map(({ kind, subject }) => [kind, subject])).toEqual([
    ['funnel_drop', 'visit'],
    ['stale_input', 'funnel'],
  ]);
  expect(rows[0]!.message).toContain('below the expected days from 17 Jun 2025 to 20 Jun 2025');
  warehouse.close();
});

test('the monitor has nothing to say where nothing is given', async () => {
  const { warehouse, result } = await runOn(monitorJob, {});
  expect(result.counts.alerts).toBe(0);
  expect(await warehouse.readRows('mart_funnel_alert')).toHaveLength(0);
  warehouse.close();
});
