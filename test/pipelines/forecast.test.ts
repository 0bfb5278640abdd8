import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayOf, isoDateOf, weekdayOf } from '../../data/day.ts';
import { createRandom } from '../../data/random.ts';
import { inlineExecutor } from '../../pipelines/executor/executor.ts';
import { forecastJob } from '../../pipelines/forecast.ts';
import type { JobContext, JobResult } from '../../pipelines/job.ts';
import type { Warehouse } from '../../pipelines/warehouse/warehouse.ts';
import { type GivenRows, warehouseWith } from '../warehouse-fixture.ts';

const AS_OF = '2025-07-01';
const FIRST = dayOf('2024-11-01');
const HORIZON = 14;

/** Two products in two stores with a weekly season, one that stopped, one that is new; the second store closes on Sundays. */
function company(): GivenRows {
  const random = createRandom(5);
  const sales: Record<string, string | number | boolean>[] = [];
  const calendar: Record<string, string | boolean>[] = [];
  const end = dayOf(AS_OF);
  for (let day = FIRST; day < end + HORIZON; day++) {
    if (weekdayOf(day) === 6) {
      calendar.push({ date: isoDateOf(day), event: 'Sunday', location_id: 'S2', kind: 'closure', is_closed: true });
    }
  }
  const sell = (product: string, location: string, level: number, from: number, to: number): void => {
    for (let day = from; day < to; day++) {
      const closed = location === 'S2' && weekdayOf(day) === 6;
      const mean = closed ? 0 : level * (1 + 0.4 * Math.cos((2 * Math.PI * weekdayOf(day)) / 7));
      const quantity = Math.max(0, Math.round(mean + Math.sqrt(mean) * random.normal()));
      sales.push({ date: isoDateOf(day), product_id: product, location_id: location, quantity });
    }
  };
  for (const location of ['S1', 'S2']) {
    sell('P1', location, 40, FIRST, end);
    sell('P2', location, 15, FIRST, end);
  }
  sell('P3', 'S1', 20, FIRST, FIRST + 30);
  sell('P4', 'S1', 10, end - 10, end);
  return {
    sales,
    calendar,
    products: ['P1', 'P2', 'P3', 'P4'].map((id) => ({ product_id: id, category: id === 'P1' ? 'tea' : 'cups' })),
    locations: [
      { location_id: 'S1', kind: 'store', region: 'north' },
      { location_id: 'S2', kind: 'store', region: 'south' },
    ],
    overrides: [
      {
        product_id: 'P2',
        location_id: 'S1',
        starts_on: AS_OF,
        ends_on: isoDateOf(end + 6),
        quantity: 280,
        reason: 'a school orders cups',
        planner: 'Li',
        known_at: '2025-06-20 08:00:00',
      },
      // entered in May for June: it held at the cutoffs after it
      {
        product_id: 'P2',
        starts_on: '2025-06-01',
        ends_on: '2025-06-30',
        pct: 100,
        reason: 'fair',
        known_at: '2025-05-20 08:00:00',
      },
    ],
  };
}

async function run(
  reconciliation?: 'min_t' | 'top_down',
  given: GivenRows = company(),
  effort?: 'full' | 'quick',
): Promise<{ warehouse: Warehouse; result: JobResult }> {
  const { warehouse, config } = await warehouseWith(given, AS_OF, {
    horizon: HORIZON,
    forecast: { engine: 'none', reconciliation, effort },
  });
  const context: JobContext = {
    folder: '.',
    config,
    asOf: dayOf(AS_OF),
    seed: 1,
    warehouse,
    executor: inlineExecutor(),
    progress: { update: () => undefined },
    has: () => true,
  };
  return { warehouse, result: await forecastJob.run(context) };
}

describe('the forecast job', () => {
  let warehouse: Warehouse;
  let result: JobResult;
  beforeAll(async () => {
    ({ warehouse, result } = await run());
  });
  afterAll(() => warehouse.close());
  const rows = <T extends object>(sql: string): Promise<T[]> => warehouse.rows<T>(sql);

  it('publishes one forecast for each series and day ahead', async () => {
    const [count] = await rows<{ n: number; days: number }>(
      `select count(*)::integer as n, count(distinct ds)::integer as days from mart_forecast where level = 'series' and is_champion`,
    );
    expect(count).toEqual({ n: 6 * HORIZON, days: HORIZON });
    const [first] = await rows<{ ds: string; cutoff: string }>(
      'select min(ds)::text as ds, min(cutoff)::text as cutoff from mart_forecast',
    );
    expect(first).toEqual({ ds: AS_OF, cutoff: AS_OF });
    expect(result.counts.cutoffs).toBe(4);
  });

  const BROKEN_SUMS = `
      with bottom as (from mart_forecast where level = 'series' and is_champion),
      sums as (
        select 'product' as level, product_id as series, ds, sum(mean) as mean from bottom group by all
        union all select 'category', category, ds, sum(mean) from bottom group by all
        union all select 'location', location_id, ds, sum(mean) from bottom group by all
        union all select 'region', region, ds, sum(mean) from bottom group by all
        union all select 'total', 'total', ds, sum(mean) from bottom group by all)
      select * from sums full join (from mart_forecast where level <> 'series') as f using (level, series, ds)
      where sums.mean is distinct from f.mean`;

  it('sums exactly at every level of the hierarchy', async () => {
    expect(await rows(BROKEN_SUMS)).toEqual([]);
  });

  it.each(['min_t', 'top_down'] as const)('sums exactly when reconciled by %s, and publishes that', async (method) => {
    const reconciled = await run(method);
    expect(await reconciled.warehouse.rows(BROKEN_SUMS)).toEqual([]);
    const models = await reconciled.warehouse.rows<{ model: string }>(
      `select distinct model from mart_forecast where level = 'series' and is_champion order by model`,
    );
    expect(models.map(({ model }) => model)).toEqual(['launch_curve', method, 'override', 'zero'].sort());
    const [judged] = await reconciled.warehouse.rows<{ wape: number }>(
      `select wape from mart_forecast_accuracy where model = 'champion' and level = 'series'
         and series = 'all' and segment = 'all' and cutoff is null and horizon = 'all'`,
    );
    expect(judged!.wape).toBeLessThan(0.25);
    reconciled.warehouse.close();
  });

  it('publishes whole units for series, and sums of windows that grow with the window and begin with the first day', async () => {
    const odd = await rows(`
      from mart_forecast where level = 'series' and is_champion
        and not (q05 = round(q05) and q50 = round(q50) and q95 = round(q95))`);
    expect(odd).toEqual([]);
    const broken = await rows(`
      with windows as (
        select *, lag(q05, 1, 0) over w as q05_before, lag(q95, 1, 0) over w as q95_before
        from mart_forecast_window window w as (partition by level, series order by periods)),
      days as (
        select level, series, ds, sum(mean) over (partition by level, series order by ds) as mean, q10, q90
        from mart_forecast where is_champion)
      select * from windows as w full join days as d on w.level = d.level and w.series = d.series and w.to_on = d.ds
      where w.mean is distinct from d.mean or w.q05 < w.q05_before or w.q95 < w.q95_before
        or (w.periods = 1 and (w.q10 <> d.q10 or w.q90 <> d.q90))`);
    expect(broken).toEqual([]);
    const [total] = await rows<{ mean: number; q05: number; q95: number }>(
      `select mean, q05, q95 from mart_forecast_window where level = 'total' and periods = ${HORIZON}`,
    );
    expect(total!.q05).toBeGreaterThan(0.8 * total!.mean);
    expect(total!.q95).toBeLessThan(1.2 * total!.mean);
  });

  it('forecasts exactly zero where a store is closed, and quantiles in order above zero elsewhere', async () => {
    const closed = await rows<{ mean: number; q95: number }>(
      `select mean, q95 from mart_forecast where location_id = 'S2' and level = 'series' and dayofweek(ds) = 0`,
    );
    expect(closed.length).toBeGreaterThan(0);
    expect(closed.every(({ mean, q95 }) => mean === 0 && (q95 ?? 0) === 0)).toBe(true);
    const odd = await rows(
      `from mart_forecast where not (0 <= q05 and q05 <= q10 and q10 <= q25 and q25 <= q50 and q50 <= q75 and q75 <= q90 and q90 <= q95)`,
    );
    expect(odd).toEqual([]);
  });

  it('says which series it could not model, and forecasts them plainly', async () => {
    const codes = await rows<{ product_id: string; fallback_code: string; model: string; units: number }>(
      `select product_id, fallback_code, model, sum(mean) as units from mart_forecast
       where level = 'series' and is_champion and fallback_code is not null and fallback_code <> 'BASELINE'
       group by all order by product_id`,
    );
    expect(codes.map(({ units, ...row }) => ({ ...row, sells: units > 0 }))).toEqual([
      { product_id: 'P3', fallback_code: 'DEAD', model: 'zero', sells: false },
      { product_id: 'P4', fallback_code: 'NEW', model: 'launch_curve', sells: true },
    ]);
  });

  it('publishes what a planner decided, keeps the statistical forecast beside it, and says what overrides were worth', async () => {
    const models = await rows<{ model: string; is_champion: boolean; week: number }>(
      `select model, is_champion, sum(mean) as week from mart_forecast
       where series = 'P2@S1' and h < 7 and model in ('override', 'combination') group by all order by model`,
    );
    expect(models.map(({ model, is_champion }) => [model, is_champion])).toEqual([
      ['combination', false],
      ['override', true],
    ]);
    expect(models[1]!.week).toBeCloseTo(280, 1);
    expect(models[0]!.week).toBeLessThan(140);
    const [effect] = await rows<{ reason: string; final_qty: number }>('from mart_forecast_override');
    expect(effect!.reason).toBe('a school orders cups');
    expect(effect!.final_qty).toBeCloseTo(280, 1);
    const added = await rows<{ scope: string; step: string; skill: number | null }>(
      'select scope, step, skill from mart_forecast_value_added order by scope, subject, step_no',
    );
    expect(added.map(({ scope, step }) => `${scope} ${step}`)).toEqual(
      ['all', 'overridden'].flatMap((scope) => ['naive', 'statistical', 'final'].map((step) => `${scope} ${step}`)),
    );
    // cups sold as ever in June: doubling them did harm
    expect(added[5]!.skill).toBeLessThan(-0.5);
  });

  it('says what each forecast is made of, to the exact sum', async () => {
    const [odd] = await rows<{ rows: number; broken: number }>(
      `select count(*)::integer as rows, count(*) filter (where d.mean <> f.mean or level_qty + trend_qty + week_qty + year_qty
         + holiday_qty + promotion_qty + price_qty + macro_qty + rest_qty + override_qty <> f.mean)::integer as broken
       from mart_forecast_driver as d join mart_forecast as f using (product_id, location_id, ds) where level = 'series' and is_champion`,
    );
    expect(odd).toEqual({ rows: 6 * HORIZON, broken: 0 });
  });

  it('keeps the champions’ backtest and reports accuracy by level, model, cutoff, horizon and segment', async () => {
    const [backtest] = await rows<{ n: number }>(`select count(*)::integer as n from out_backtest_series`);
    expect(backtest!.n).toBe(6 * 4 * HORIZON);
    const champion = await rows<{ level: string; skill: number; wape: number }>(
      `select level, skill, wape from mart_forecast_accuracy
       where model = 'champion' and series = 'all' and segment = 'all' and cutoff is null and horizon = 'all' order by level`,
    );
    expect(champion.map(({ level }) => level)).toEqual([
      'category',
      'location',
      'product',
      'region',
      'series',
      'total',
    ]);
    expect(champion.find(({ level }) => level === 'series')!.skill).toBeGreaterThan(0.1);
    const parts = await rows<{ cutoffs: number; horizons: string }>(
      `select count(distinct cutoff)::integer as cutoffs, string_agg(distinct horizon, ' ' order by horizon) as horizons
       from mart_forecast_accuracy where level = 'series'`,
    );
    expect(parts).toEqual([{ cutoffs: 4, horizons: '1-7 8-14 all' }]);
  });

  it('gives the same bytes when it runs again', async () => {
    const digest = async (from: Warehouse): Promise<unknown> =>
      from.rows(
        `select md5(string_agg(m::text, '' order by level, series, model, ds)) as digest from mart_forecast as m`,
      );
    const again = await run();
    expect(await digest(again.warehouse)).toEqual(await digest(warehouse));
    again.warehouse.close();
  });
});

describe('a product with a last day on sale', () => {
  it('is forecast up to that day, at every level, and not beyond', async () => {
    const given = company();
    given.products![0]!.discontinued_on = isoDateOf(dayOf(AS_OF) + 4);
    given.products![1]!.discontinued_on = isoDateOf(dayOf(AS_OF) - 1);
    const { warehouse } = await run(undefined, given);
    const days = await warehouse.rows<{ h: number; code: string | null; mean: number; q95: number }>(
      `select h, fallback_code as code, mean, q95 from mart_forecast where series = 'P1@S1' and is_champion order by h`,
    );
    expect(days.map(({ mean }) => mean > 0)).toEqual(days.map((_, h) => h <= 4));
    expect(days.map(({ q95 }) => q95 > 0)).toEqual(days.map((_, h) => h <= 4));
    expect(new Set(days.map(({ code }) => code))).toEqual(new Set(['ENDS']));
    const [windows] = await warehouse.rows<{ five: number; all: number }>(
      `select max(q95) filter (where periods = 5) as five, max(q95) filter (where periods = ${HORIZON}) as all
       from mart_forecast_window where level = 'series' and series = 'P1@S1'`,
    );
    expect(windows!.all).toBe(windows!.five);
    const [broken] = await warehouse.rows<{ broken: number }>(
      `select count(*)::integer as broken from mart_forecast_driver as d
       join mart_forecast as f using (product_id, location_id, ds) where level = 'series' and is_champion
         and level_qty + trend_qty + week_qty + year_qty + holiday_qty + promotion_qty + price_qty + macro_qty + rest_qty
           + override_qty <> f.mean`,
    );
    expect(broken).toEqual({ broken: 0 });
    const [ended] = await warehouse.rows<{ code: string; units: number }>(
      `select any_value(fallback_code) as code, sum(mean) as units from mart_forecast where series = 'P2@S2' and is_champion`,
    );
    expect(ended).toEqual({ code: 'DEAD', units: 0 });
    const [sums] = await warehouse.rows<{ broken: number }>(
      `select count(*)::integer as broken from (
         select ds, sum(mean) filter (where level = 'series') - sum(mean) filter (where level = 'total') as gap
         from mart_forecast where is_champion group by ds) where abs(gap) > 1e-9`,
    );
    expect(sums).toEqual({ broken: 0 });
    warehouse.close();
  });
});

describe('a company with less than three months of sales', () => {
  it.each([
    [40, 1],
    [34, 0],
  ])('is judged by what it has: %d days give %d backtests', async (days, cutoffs) => {
    const given = company();
    const first = isoDateOf(dayOf(AS_OF) - days);
    given.sales = given.sales!.filter(({ date }) => String(date) >= first);
    const { warehouse, result } = await run(undefined, given, 'quick');
    expect(result.counts.cutoffs).toBe(cutoffs);
    expect(result.notes![0]).toMatch(cutoffs === 1 ? /^In one backtest, which chose the models as well/ : /too little/);
    const ranges = await warehouse.rows<{ series: string; mean: number; low: number; high: number }>(
      `select series, avg(mean) as mean, avg(q10) as low, avg(q90) as high
       from mart_forecast where level = 'series' and is_champion and product_id = 'P1' group by all`,
    );
    expect(ranges).toHaveLength(2);
    for (const { mean, low, high } of ranges) {
      expect(Math.abs(mean / 40 - 1)).toBeLessThan(0.2);
      expect(high - low).toBeGreaterThan(8);
      expect(high - low).toBeLessThan(40);
    }
    const [judged] = await warehouse.rows<{ held: number }>(
      `select max(coverage_80) as held from mart_forecast_accuracy
       where level = 'series' and model = 'champion' and series = 'all' and segment = 'all' and horizon = 'all' and cutoff is null`,
    );
    if (cutoffs === 1) expect(judged!.held).toBeGreaterThan(0.6);
    else expect(judged!.held).toBeNull();
    warehouse.close();
  });
});

describe('the forecast job without sales', () => {
  it('says that none is known, and what to do', async () => {
    await expect(run(undefined, { ...company(), sales: [] })).rejects.toMatchObject({
      code: 'SALES_NOT_KNOWN',
      message: `No sale is known before ${AS_OF}, so there is nothing to forecast from.`,
      fix: expect.stringContaining('--as-of'),
    });
  });
});
