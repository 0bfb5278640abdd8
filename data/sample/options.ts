import { LeadtimeError } from '../../errors.ts';
import { dayOf, type EpochDay } from '../day.ts';

/** Days simulated after the as-of date: their truth scores forecasts, and none of it is an input. */
export const DAYS_AFTER = 90;

/** How large the sample company is. Command line flags: `--products`, `--locations`, `--years`, `--rows`, `--customers`. */
export interface SampleOptions {
  /** Project folder to fill. */
  folder: string;
  seed?: number;
  products?: number;
  /** Stores and the two regional warehouses together. */
  locations?: number;
  /** Years of history; parts of a year are allowed. */
  years?: number;
  /** Days of history, instead of `years`. */
  days?: number;
  /** Sales rows, instead of `products`: as many products as usually give so many and a few per cent more. */
  rows?: number;
  customers?: number;
  /** The as-of date; the history ends the day before. */
  endsOn?: string;
  onProgress?: (progress: SampleProgress) => void;
}

export interface SampleProgress {
  step: string;
  done: number;
  total: number;
}

/** The company of `leadtime init --sample`, seen in the week before 11.11. */
export const SAMPLE_DEFAULTS = {
  seed: 1,
  products: 120,
  locations: 14,
  years: 3,
  customers: 1500,
  endsOn: '2025-11-03',
} as const;

/** Options with every default in place. Days count from `startDay`; day `history` is the as-of date. */
export interface SamplePlan {
  folder: string;
  seed: number;
  products: number;
  stores: number;
  customers: number;
  startDay: EpochDay;
  asOfDay: EpochDay;
  /** Days of history. */
  history: number;
  /** Days simulated: the history and `DAYS_AFTER` more. */
  days: number;
}

export const WAREHOUSES = 2;

/** Late launches and endings leave 0.92 of the product days on sale (818 products, seed 1); a little less is counted on. */
const SHARE_ON_SALE = 0.9;

function checked(name: string, value: number, min: number, max: number, isWhole = true): number {
  if (value >= min && value <= max && (!isWhole || Number.isInteger(value))) return value;
  throw new LeadtimeError(
    'SAMPLE_OPTION_INVALID',
    `${name} of the sample company is ${value}.`,
    `Give ${isWhole ? 'a whole number' : 'a number'} from ${min} to ${max}.`,
    { value },
  );
}

/** Resolves and checks the options. Throws `SAMPLE_OPTION_INVALID` or `DATE_INVALID`. */
export function planOf(options: SampleOptions): SamplePlan {
  const asOfDay = dayOf(options.endsOn ?? SAMPLE_DEFAULTS.endsOn);
  const years = checked('years', options.years ?? SAMPLE_DEFAULTS.years, 0.25, 10, false);
  const history = checked('days', options.days ?? Math.round(years * 365.25), 90, 3653);
  const stores = checked('locations', options.locations ?? SAMPLE_DEFAULTS.locations, 4, 1000) - WAREHOUSES;
  const asked =
    options.rows === undefined
      ? (options.products ?? SAMPLE_DEFAULTS.products)
      : Math.ceil(checked('rows', options.rows, 1, 1e8) / (stores * history * SHARE_ON_SALE));
  return {
    folder: options.folder,
    seed: checked('seed', options.seed ?? SAMPLE_DEFAULTS.seed, 0, 0x7fffffff),
    products: checked('products', asked, 1, 100_000),
    stores,
    customers: checked('customers', options.customers ?? SAMPLE_DEFAULTS.customers, 0, 1_000_000),
    startDay: asOfDay - history,
    asOfDay,
    history,
    days: history + DAYS_AFTER,
  };
}
