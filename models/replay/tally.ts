/** What is booked per policy, product and stretch of days. Money in the config's currency. */
export const TALLIES = [
  'demanded',
  'served',
  /** Money lost with shoppers who met an empty shelf. */
  'shortage',
  /** Cost of keeping stock. */
  'holding',
  /** Cost of placing orders. */
  'ordering',
  /** Cost of what was thrown away. */
  'waste',
  'wastedUnits',
  'orders',
  'orderedUnits',
  /** Deliveries to locations that sell, and those after which the shelf stood empty before the next one. */
  'cycles',
  'cyclesShort',
  /** Value at cost of what was on hand in the evening, summed over days. */
  'stockValueDays',
  /** Cost of goods sold. */
  'costOfSales',
  'revenue',
  /** Paid to suppliers, at cost. */
  'purchases',
] as const;

export type Tally = (typeof TALLIES)[number];
export const TALLY_COUNT = TALLIES.length;

const AT = Object.fromEntries(TALLIES.map((name, i) => [name, i])) as Record<Tally, number>;

/** Adds to one figure of a stretch. */
export function book(sums: Float64Array, name: Tally, amount: number): void {
  sums[AT[name]]! += amount;
}

/** One figure. */
export function tallyOf(sums: ArrayLike<number>, name: Tally): number {
  return sums[AT[name]]!;
}

/** What a stretch cost: shortage, holding, ordering and waste. */
export function costOf(sums: ArrayLike<number>): number {
  return tallyOf(sums, 'shortage') + tallyOf(sums, 'holding') + tallyOf(sums, 'ordering') + tallyOf(sums, 'waste');
}
