/** What is known of one product and location before deciding on a markdown. Periods are days or weeks. */
export interface StockCase {
  /** Units on hand in the morning of the first period. */
  stock: number;
  /** Units that arrive at the start of each period of the window. */
  arrivals: Float64Array;
  /** Expected demand per period of the window at the planned price. */
  demand: Float64Array;
  /** Expected demand per period after the window. */
  laterDemand: number;
  /** Planned price per period of the window, promotions included, and the price without promotion. */
  price: Float64Array;
  regularPrice: number;
  unitCost: number;
  /** Cost of keeping one unit for one period. */
  holdingCost: number;
  /** Value of one unit that is not sold by the deadline. */
  salvageValue: number;
  /** Periods from the first one after which unsold units are worth their salvage value. */
  deadline: number;
}

/** A markdown and the world it meets. */
export interface Scenario {
  /** Depth as a fraction of the regular price, 0 for none. */
  depth: number;
  /** Periods that it runs from the first one. */
  duration: number;
  elasticity: number;
  /** Multiplies expected demand in each period. */
  demandScale: ArrayLike<number>;
}

export interface StockOutcome {
  /** Units sold while the markdown would run. */
  units: number;
  /** Stock at the end of the markdown. */
  stockAfter: number;
  /**
   * Margin of the window's sales, less the cost of keeping stock until it is sold or spoilt, less what is lost on units
   * that miss their deadline. A unit left in time counts at its cost, because it saves buying one later.
   */
  margin: number;
}

/**
 * Follows stock and money through the window of a markdown and values what is left. Demand answers to the price with a
 * constant elasticity; a planned promotion that is deeper than the markdown stays as it is.
 *
 * @remarks O(periods of the window)
 */
export function followStock(given: StockCase, scenario: Scenario): StockOutcome {
  const { unitCost, holdingCost, deadline } = given;
  const marked = given.regularPrice * (1 - scenario.depth);
  let stock = given.stock;
  let units = 0;
  let stockAfter = stock;
  let margin = 0;
  let lastRatio = 1;
  let lift = 1;
  const window = Math.min(given.demand.length, deadline);
  for (let t = 0; t < window; t++) {
    stock += given.arrivals[t]!;
    const planned = given.price[t]!;
    const price = t < scenario.duration ? Math.min(planned, marked) : planned;
    const ratio = price / planned;
    if (ratio !== lastRatio) {
      lift = ratio === 1 ? 1 : ratio ** scenario.elasticity;
      lastRatio = ratio;
    }
    const sold = Math.min(stock, given.demand[t]! * scenario.demandScale[t]! * lift);
    stock -= sold;
    margin += sold * (price - unitCost) - stock * holdingCost;
    if (t < scenario.duration) {
      units += sold;
      stockAfter = stock;
    }
  }
  const laterScale = scenario.demandScale[given.demand.length - 1] ?? 1;
  return { units, stockAfter, margin: margin - costOfRest(given, stock, deadline - window, laterScale) };
}

/** Cost of keeping what is left until it is sold at the later rate, and the loss on what is not sold in time. */
function costOfRest(given: StockCase, stock: number, periods: number, scale: number): number {
  const rate = given.laterDemand * scale;
  const inTime = Math.min(stock, rate * periods);
  const lost = stock - inTime;
  const stockPeriods = (rate > 0 ? (inTime * inTime) / (2 * rate) : 0) + lost * periods;
  return stockPeriods * given.holdingCost + lost * (given.unitCost - given.salvageValue);
}
