// Time and memory of planning: node dist/bench/restock-scale.js [pairs]. Pairs with sales, stock, terms and deliveries as
// different as those of a large company; every third by cost, one in ten with an order cost, one in twenty perishable.
import { demandCurve } from '../models/restock/demand-curve.ts';
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

const started = performance.now();
let [orders, units, value] = [0, 0, 0];
for (let pair = 0; pair < pairs; pair++) {
  const plan = planOrder(situationOf(pair));
  if (plan.quantity > 0) orders++;
  units += plan.quantity;
  value += plan.value || 0;
}
const seconds = (performance.now() - started) / 1000;
const { user } = process.cpuUsage();
console.log(`${pairs} pairs: ${orders} orders of ${units} units, worth ${value.toFixed(0)}`);
console.log(
  `${seconds.toFixed(1)} s (${(user / 1e6).toFixed(1)} s of one processor), ${(process.memoryUsage.rss() / 2 ** 20).toFixed(0)} MiB`,
);
