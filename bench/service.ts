// Service asked for and service realised: node dist/bench/service.js [items] [weeks]. Items with a demand process that is
// known here, but not to the policy: each week it forecasts by exponential smoothing, learns spreads from the errors of past
// forecasts, and orders; days are played one by one, and what finds no stock is lost.
import { SERVICE_KINDS } from '../models/restock/service-quantity.ts';
import { type DemandKind, demandOfItem, ITEM_KINDS } from './service-items.ts';
import { learn, playItems, type Realised } from './service-play.ts';

const [items = 200, weeks = 104] = process.argv.slice(2).map(Number);
const TARGETS = [0.9, 0.95, 0.98, 0.99];
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

console.log(`${items} items of each kind, ${weeks} weeks, a review a week, lead times of 3 to 14 days`);
console.log(
  'kind                  target kind    asked    cycles without a miss   promised   demand served   stock in days',
);
for (const kind of ITEM_KINDS) {
  const demand = Array.from({ length: items }, (_, item) => demandOfItem(kind as DemandKind, item, weeks));
  const beliefs = learn(demand, weeks);
  for (const serviceKind of SERVICE_KINDS) {
    for (const target of TARGETS) {
      const r: Realised = playItems(demand, beliefs, weeks, serviceKind, target);
      console.log(
        [
          kind.padEnd(21),
          serviceKind.padEnd(14),
          percent(target).padEnd(8),
          percent(r.cycles).padEnd(23),
          percent(r.promised).padEnd(10),
          percent(r.served).padEnd(15),
          r.stockDays.toFixed(1),
        ].join(' '),
      );
    }
  }
}
