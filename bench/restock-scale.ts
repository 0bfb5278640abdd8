// Time and memory of restock without its reading and writing: node dist/bench/restock-scale.js [pairs]. Pairs with sales,
// stock, terms and deliveries as different as those of a large company; every third by cost, one in ten with an order cost,
// one in twenty perishable. Then all orders under limits: a budget of 80 % of what they cost, and for each of 50 suppliers a
// minimum order and a container.
import { demandCurve } from '../models/restock/demand-curve.ts';
import { highsSolver } from '../models/restock/limits/highs-solver.ts';
import { limitPlans } from '../models/restock/limits/limit-plans.ts';
import { keeps, type Limit } from '../models/restock/limits/order-line.ts';
import { planOrder, type Situation } from '../models/restock/plan.ts';
import { stream } from './service-items.ts';

const pairs = Number(process.argv[2] ?? 30_490);

function situationOf(pair: number): Situation {
  const next = stream(pair);
  const perDay = 0.05 * 1000 ** (next() ** 2);
  const leadDays = 1 + Math.floor(20 * next());
  const isByCost = pair % 3 === 0;
  const unitCost = 1 + 20 * next();
  const arrivals = Array.from({ length: Math.floor(4 * next()) }, (_, i) => ({
    day: 1 + 4 * i,
    quantity: Math.ceil(perDay * 5 * next()),
  }));
  return {
    curve: demandCurve(
      Float64Array.from({ length: 28 }, (_, day) => perDay * (1 + 0.3 * Math.sin(day))),
      1,
    ),
    spread: { dispersion: 1 + 3 * next(), levelVariance: 0.1 * next(), bias: 1 },
    isCount: true,
    onHand: Math.floor(perDay * leadDays * 2 * next()),
    arrivals,
    terms: {
      leadDays,
      leadSdDays: pair % 4 === 0 ? 1.5 : 0,
      reviewDays: 1 + Math.floor(7 * next()),
      orderCost: pair % 10 === 0 ? 20 : 0,
      holdingPerUnitDay: isByCost ? (unitCost * 0.25) / 365 : Number.NaN,
      shortagePerUnit: isByCost ? unitCost * 0.4 : Number.NaN,
      holdingEstimate: (unitCost * 0.25) / 365,
      shortageEstimate: unitCost * 0.4,
      serviceLevel: 0.95,
      serviceKind: pair % 2 === 0 ? 'fill_rate' : 'cycle_service',
      unitCost,
      shelfLifeDays: pair % 20 === 0 ? 5 + Math.floor(20 * next()) : Infinity,
      endsInDays: Infinity,
      packSize: [1, 1, 6, 12][pair % 4]!,
      minOrderQuantity: 0,
    },
    onwardDays: 0,
    floorDays: 0,
  };
}

const SUPPLIERS = 50;
const rss = (): string => `${(process.memoryUsage.rss() / 2 ** 20).toFixed(0)} MiB`;
const since = (start: number): string => `${((performance.now() - start) / 1000).toFixed(1)} s`;

const started = performance.now();
const orders = Array.from({ length: pairs }, (_, pair) => {
  const { terms } = situationOf(pair);
  return { plan: planOrder(situationOf(pair)), terms };
});
const ordered = orders.filter(({ plan }) => plan.quantity > 0).length;
console.log(`planned ${pairs} pairs, ${ordered} orders: ${since(started)}, ${rss()}`);

const limited = performance.now();
const cost = orders.reduce((sum, { plan, terms }) => sum + plan.quantity * terms.unitCost, 0);
const limits: Limit[] = [
  { kind: 'at_most', amount: 0.8 * cost },
  ...Array.from({ length: SUPPLIERS }, (): Limit => ({ kind: 'at_least_if_any', amount: (0.5 * cost) / SUPPLIERS })),
  ...Array.from({ length: SUPPLIERS }, (): Limit => ({ kind: 'at_most', amount: (0.1 * cost) / SUPPLIERS })),
];
const { quantities, allocation } = limitPlans(
  orders.map(({ plan, terms }, pair) => ({
    plan,
    rule: terms,
    orderCost: terms.orderCost,
    moved: 0,
    uses: [
      { limit: 0, perUnit: terms.unitCost },
      { limit: 1 + (pair % SUPPLIERS), perUnit: terms.unitCost },
      // a tenth as dear as it is bulky, so that some containers are full and others not
      { limit: 1 + SUPPLIERS + (pair % SUPPLIERS), perUnit: 0.05 + 0.1 * stream(pair + 1)() * terms.unitCost },
    ],
  })),
  limits,
  await highsSolver(),
);
const spent = orders.reduce((sum, { terms }, i) => sum + quantities[i]! * terms.unitCost, 0);
const changed = orders.filter(({ plan }, i) => plan.quantity !== quantities[i]).length;
console.log(
  `limited: ${changed} orders changed, budget ${keeps(limits[0]!, spent) ? 'kept' : 'BROKEN'}, at most ${(
    (100 * (allocation.cost - allocation.bound)) / Math.abs(allocation.bound)
  ).toFixed(2)} % above the least cost: ${since(limited)}, ${rss()}`,
);
console.log(`in all ${since(started)}, ${(process.cpuUsage().user / 1e6).toFixed(1)} s of processors`);
