import { negativeBinomialDemand, poissonDemand } from '../models/restock/policies/discrete-demand.ts';
import {
  economicOrderQuantity,
  lotWithBackorders,
  lotWithDiscounts,
  productionLot,
} from '../models/restock/policies/economic-order-quantity.ts';
import { guaranteedServiceTimes } from '../models/restock/policies/guaranteed-service.ts';
import { standardNormalLoss, standardNormalSecondLoss } from '../models/restock/policies/loss.ts';
import { newsvendorDiscrete, newsvendorNormal } from '../models/restock/policies/newsvendor.ts';
import { exactReorderPair, powerApproximation } from '../models/restock/policies/reorder-point-order-up-to.ts';
import {
  exactReorderQuantity,
  exactUnitReorderQuantity,
  lotWithBestPoint,
  lotWithSafetyStock,
  reorderPointFor,
  reorderQuantityCost,
} from '../models/restock/policies/reorder-point-quantity.ts';
import { normalOnLattice, serialBaseStock, serialHeuristic } from '../models/restock/policies/serial-system.ts';

export interface Example {
  source: string;
  expected: number[];
  computed: () => number[];
}

const lots = { orderCost: 8, holding: 0.225, demandRate: 1300 };
const sauce = { ...lots, shortage: 7.5 };
const month = { mean: 1300 / 12, sd: 150 / Math.sqrt(12) };
const chain = [3, 2, 2].map((echelonHolding, i) => ({
  echelonHolding,
  leadMean: [5, 5, 10][i]!,
  leadSd: [1, 1, Math.SQRT2][i]!,
}));
const STEP = 0.01;
const latticeChain = chain.map(({ echelonHolding, leadMean, leadSd }) => ({
  echelonHolding,
  leadDemand: normalOnLattice(leadMean, leadSd, STEP),
}));
const chainOfFour = (echelonHolding: number[], shortage: number): number[] => {
  const stages = echelonHolding.map((holding) => ({ echelonHolding: holding, leadDemand: poissonDemand(4) }));
  const { levels, cost } = serialBaseStock(stages, shortage);
  return [...levels, cost];
};
const pair = (
  period: Float64Array,
  window: Float64Array,
  holding: number,
  shortage: number,
  orderCost: number,
): number[] => {
  const { reorderPoint, orderUpTo, cost } = exactReorderPair(period, window, { holding, shortage }, orderCost);
  return [reorderPoint, orderUpTo, cost];
};

/**
 * Examples and problems of Snyder and Shen, Fundamentals of Supply Chain Theory, 2nd edition (2019), with the results that
 * stockpyl 1.0.2 computes for its instances of those numbers: `newsvendor_normal(**load_instance('example_4_3'))` and so on.
 */
export const TEXTBOOK: readonly Example[] = [
  {
    source: 'standard normal loss functions at 0.3 (appendix C)',
    expected: [0.26676124, 0.1510301],
    computed: () => [standardNormalLoss(0.3), standardNormalSecondLoss(0.3)],
  },
  {
    source: 'newsvendor, normal demand (example 4.3)',
    expected: [56.60395593, 1.99760519],
    computed: () => Object.values(newsvendorNormal({ holding: 0.18, shortage: 0.7 }, 50, 8)),
  },
  {
    source: 'newsvendor, normal demand (problem 4.1)',
    expected: [922.7214038, 2718.196782],
    computed: () => Object.values(newsvendorNormal({ holding: 43, shortage: 79 }, 900, 60)),
  },
  {
    source: 'base stock, lead time of 4 (example 4.4)',
    expected: [264.7668944, 4.466781],
    computed: () => Object.values(newsvendorNormal({ holding: 0.18, shortage: 0.7 }, 250, 8 * Math.sqrt(5))),
  },
  {
    source: 'newsvendor, Poisson demand (problem 4.8a)',
    expected: [19, 786.0884409],
    computed: () => Object.values(newsvendorDiscrete({ holding: 200, shortage: 270 }, poissonDemand(18))),
  },
  {
    source: 'newsvendor, demand as a table (problem 4.7b)',
    expected: [5, 1_225_000],
    computed: () =>
      Object.values(
        newsvendorDiscrete(
          { holding: 500_000, shortage: 1_000_000 },
          Float64Array.of(0, 0.25, 0.05, 0.1, 0.2, 0.15, 0.1, 0.1, 0.05),
        ),
      ),
  },
  {
    source: 'newsvendor, negative binomial demand (stockpyl, newsvendor_discrete(1, 9, nbinom(4, 0.2)))',
    expected: [28, 18.63535856],
    computed: () => Object.values(newsvendorDiscrete({ holding: 1, shortage: 9 }, negativeBinomialDemand(16, 80))),
  },
  {
    source: 'economic order quantity (example 3.1)',
    expected: [304.04678, 68.4105255],
    computed: () => Object.values(economicOrderQuantity(lots)),
  },
  {
    source: 'economic order quantity (problem 3.1)',
    expected: [1728.109845, 475_230.2074],
    computed: () => Object.values(economicOrderQuantity({ orderCost: 2250, holding: 275, demandRate: 182_500 })),
  },
  {
    source: 'planned backorders (example 3.8)',
    expected: [310.8125552, 0.0430622, 66.92136355],
    computed: () => Object.values(lotWithBackorders(lots, 5)),
  },
  {
    source: 'economic production quantity (problem 3.22)',
    expected: [171.2697677, 3.736794932],
    computed: () => Object.values(productionLot({ orderCost: 4, holding: 0.08, demandRate: 80 }, 110)),
  },
  {
    source: 'all-units discount (example 3.5)',
    expected: [800, 978.6],
    computed: () =>
      Object.values(
        lotWithDiscounts(lots, 0.3, [
          { from: 0, unitCost: 0.75 },
          { from: 400, unitCost: 0.72 },
          { from: 800, unitCost: 0.68 },
        ]),
      ),
  },
  {
    source: 'all-units discount (problem 3.12)',
    expected: [2400, 201_251_093.75],
    computed: () =>
      Object.values(
        lotWithDiscounts({ orderCost: 2250, demandRate: 182_500 }, 0.25, [
          { from: 0, unitCost: 1490 },
          { from: 1200, unitCost: 1220 },
          { from: 2400, unitCost: 1100 },
        ]),
      ),
  },
  {
    source: '(s, S), Poisson demand (example 4.7)',
    expected: [4, 10, 8.034111561],
    computed: () => pair(poissonDemand(6), poissonDemand(6), 1, 4, 5),
  },
  {
    source: '(s, S), Poisson demand (problem 4.31)',
    expected: [2, 7, 223.5748296],
    computed: () => pair(poissonDemand(4), poissonDemand(4), 40, 125, 150),
  },
  {
    source: '(s, S), negative binomial demand (stockpyl, s_s_discrete_exact(1, 9, 20, nbinom(4, 0.4)))',
    expected: [5, 20, 17.88382915],
    computed: () => pair(negativeBinomialDemand(6, 15), negativeBinomialDemand(6, 15), 1, 9, 20),
  },
  {
    source: '(s, S), power approximation (example 4.8)',
    expected: [40.19461696, 74.2901701],
    computed: () =>
      Object.values(powerApproximation({ holding: 0.18, shortage: 0.7 }, 2.5, { mean: 50, sd: 8, leadPeriods: 0 })),
  },
  {
    source: '(s, S), power approximation (problem 4.32)',
    expected: [226.6137928, 324.3797868],
    computed: () =>
      Object.values(powerApproximation({ holding: 2, shortage: 36 }, 60, { mean: 190, sd: 48, leadPeriods: 0 })),
  },
  {
    source: '(R, Q), cost of a pair (example 5.1)',
    expected: [78.11925839],
    computed: () => [reorderQuantityCost({ reorderPoint: 126, quantity: 318 }, sauce, month)],
  },
  {
    source: '(R, Q), reorder point for a quantity (example 5.2)',
    expected: [127.788035],
    computed: () => [reorderPointFor(318, sauce, month)],
  },
  {
    source: '(R, Q), best pair for normal demand (example 5.1)',
    expected: [126.8670639, 328.4491345, 78.07114627],
    computed: () => Object.values(exactReorderQuantity(sauce, month)),
  },
  {
    source: '(R, Q), economic order quantity with safety stock (example 5.5)',
    expected: [190.3369966, 304.04678],
    computed: () => Object.values(lotWithSafetyStock(sauce, month)),
  },
  {
    source: '(R, Q), quantity with backorders and its best point (example 5.2)',
    expected: [128.6378144, 308.5737801],
    computed: () => Object.values(lotWithBestPoint(sauce, month)),
  },
  {
    source: '(R, Q), Poisson demand (example 5.8)',
    expected: [3, 5, 107.9235806],
    computed: () =>
      Object.values(
        exactUnitReorderQuantity({ orderCost: 100, holding: 20, shortage: 150, demandRate: 1.5 }, poissonDemand(3)),
      ),
  },
  {
    source: '(R, Q), Poisson demand (problem 5.2)',
    expected: [6, 7, 28.24131284],
    computed: () =>
      Object.values(
        exactUnitReorderQuantity({ orderCost: 4, holding: 4, shortage: 28, demandRate: 12 }, poissonDemand(6)),
      ),
  },
  {
    source: 'three echelons, short cut (example 6.1)',
    expected: [6.490880975, 12.02743472, 22.63403239],
    computed: () => Array.from(serialHeuristic(chain, 37.12)),
  },
  {
    // by quadrature in scipy 6.492, 12.018 and 22.706; stockpyl's grid of 1,000 points gives 6.484, 12.03 and 22.72 at 47.67
    source: 'three echelons, best levels on a lattice of 0.01 and cost (example 6.1)',
    expected: [6.49, 12.02, 22.71, 47.6602],
    computed: () => {
      const { levels, cost } = serialBaseStock(latticeChain, 37.12, STEP);
      return [...levels, cost];
    },
  },
  {
    source: 'four echelons, Poisson demand (Shang and Song 2003, table 1, row 1)',
    expected: [8, 13, 18, 22, 12.68789783],
    computed: () => chainOfFour([0.25, 0.25, 0.25, 0.25], 9),
  },
  {
    source: 'four echelons, Poisson demand (Shang and Song 2003, table 1, row 9)',
    expected: [9, 10, 13, 19, 53.00760477],
    computed: () => chainOfFour([0.25, 2.5, 2.5, 0.25], 9),
  },
  {
    source: 'four echelons, Poisson demand (Shang and Song 2003, table 1, row 17)',
    expected: [11, 17, 22, 27, 16.20554414],
    computed: () => chainOfFour([0.25, 0.25, 0.25, 0.25], 99),
  },
  {
    source: 'four echelons, Poisson demand (Shang and Song 2003, table 1, row 25)',
    expected: [11, 14, 18, 26, 74.5636397],
    computed: () => chainOfFour([0.25, 2.5, 2.5, 0.25], 99),
  },
  {
    source: 'guaranteed service (example 6.3)',
    expected: [0, 0, 1, 2.828427125],
    computed: () => {
      const stages = [
        { holding: 2, processingPeriods: 1 },
        { holding: 4, processingPeriods: 0 },
        { holding: 7, processingPeriods: 1 },
      ];
      const { promised, cost } = guaranteedServiceTimes(stages, 1, 1, 1, 1);
      return [...promised, cost];
    },
  },
  {
    source: 'guaranteed service (problem 6.7)',
    expected: [2, 3, 0, 357.7708764],
    computed: () => {
      const stages = [
        { holding: 2, processingPeriods: 1 },
        { holding: 3, processingPeriods: 1 },
        { holding: 4, processingPeriods: 2 },
      ];
      const { promised, cost } = guaranteedServiceTimes(stages, 1, 0, 10, 4);
      return [...promised, cost];
    },
  },
];
