import { partsOf, weekdayOf } from '../../../data/day.ts';
import type { Panel } from '../../panel.ts';
import { DRIVER_KINDS } from '../decomposition/drivers.ts';
import type { Timeline } from '../features/timeline.ts';
import type { FeatureNames } from './model-file.ts';
import { registryColumns } from './registry-columns.ts';
import type { ScaledColumns } from './scaling.ts';
import { levelAt, MEMORY, type YearlyMoves, yearlyMoves } from './yearly.ts';

/** Columns of the network's input, written for one series and origin at a time. All are of the order of one. */
export interface Features {
  pastWidth: number;
  staticWidth: number;
  aheadWidth: number;
  /** Of the columns, in order. */
  names: FeatureNames;
  /** The first of the `ahead` columns are logs of factors that simply multiply; the network starts from these weights. */
  startWeights: Float32Array;
  begin(s: number, origin: number): void;
  writePast(into: Float32Array, at: number, t: number): void;
  writeStatic(into: Float32Array, at: number): void;
  writeAhead(into: Float32Array, at: number, h: number): void;
  /** Whether sales of the period show demand: a record, an open shop, a filled shelf. */
  isKnown(s: number, t: number): boolean;
  /** How many columns at the end are written as they are, for `scaleWindows` to bring to the order of one. */
  scaled: ScaledColumns;
}

const CATEGORY_COLUMNS = 8;
const REGULAR_COLUMNS = 8;
const PAST_NAMES = [
  'sold_root',
  'sold',
  'sold_group',
  'sold_location',
  'is_seen',
  'promotion',
  'discount',
  'price',
  'is_closed',
];
const AHEAD_NAMES = [
  ...['weekday', ...DRIVER_KINDS.map((kind) => `effect_${kind}`), 'promotion_effect'],
  ...['move_group', 'moves_group', 'moves_all', 'move', 'moves', 'move_same_day', 'move_location', 'moves_location'],
  'horizon_decay',
];
/**
 * Half of the calendar's effects to start with: estimates of the same effects from few days overlap, and networks that
 * start from all of them or none forecast M5 worse at origins before d_1745.
 */
const START_WEIGHTS = Float32Array.of(0.5, 0.5, 0.5, 0.5, 1, 0.3, 0.3);
const numbered = (name: string, count: number): string[] => Array.from({ length: count }, (_, i) => `${name}_${i}`);
const clip = (x: number, bound: number): number => (x > bound ? bound : x < -bound ? -bound : x >= -bound ? x : 0);
const logOf = (factor: number): number => clip(Math.log(Math.max(factor, 0.02)), 4);

/** Builds the feature writer of a panel; what it reads of the sales lies before the origin it was given. */
export function createFeatures(timeline: Timeline): Features {
  const { panel, decomposition, drivers, groups } = timeline;
  const registry = registryColumns(timeline);
  const { periods, horizon: known, calendar, locationOf, products, productOf, frequency } = panel;
  const width = periods + known;
  const isDaily = frequency === 'daily';
  const hasPromotions = panel.promotionKind.length > 0;
  const hasDiscounts = panel.discount.length > 0;
  const hasPrices = panel.price.length > 0;
  const weekdays = isDaily ? 7 : 0;
  const year = calendarWaves(panel, width);
  const categories = [...new Set(products.category)].sort();
  const categoryColumns = categories.length > 1 ? Math.min(CATEGORY_COLUMNS, categories.length) : 0;
  const categoryOf = products.category.map((name) => categories.indexOf(name) % Math.max(1, categoryColumns));

  const regularColumns = Math.min(REGULAR_COLUMNS, drivers.regular.length);

  let s = 0;
  let origin = 0;
  let scale = 1;
  let basePrice = Number.NaN;
  let ofSeries: YearlyMoves | undefined;
  let ofGroup: YearlyMoves | undefined;
  let ofLocation: YearlyMoves | undefined;
  let ofAll: YearlyMoves | undefined;
  let groupLevel = Number.NaN;
  let locationLevel = Number.NaN;

  const isOpen = (t: number): boolean =>
    t < 0 || t >= width || calendar.isClosed[calendar.calendarOf[locationOf[s]!]! * width + t] !== 1;
  const flag = (values: Uint8Array | Float32Array, isGiven: boolean, t: number): number =>
    isGiven && t >= 0 && t < width ? clip(values[s * width + t]!, 1) : 0;
  const promoted = (t: number): number => flag(panel.promotionKind, hasPromotions, t);
  const discount = (t: number): number => flag(panel.discount, hasDiscounts, t);
  const relativePrice = (t: number): number =>
    hasPrices && t < width ? clip(Math.log(panel.price[s * width + t]! / basePrice), 1) : 0;

  const overLevel = (values: Float64Array, row: number, level: number, t: number): number =>
    t < 0 ? 0 : clip(values[row * periods + t]! / level - 1, 3);

  const begin = (series: number, at: number): void => {
    registry.stand(series, at);
    s = series;
    origin = at;
    scale = decomposition.level(s, 1);
    ofSeries = yearlyMoves(panel, decomposition.adjusted, s, origin);
    ofGroup = yearlyMoves(panel, decomposition.groupAdjusted, groups.of[s]!, origin);
    ofLocation = yearlyMoves(panel, decomposition.locationAdjusted, locationOf[s]!, origin);
    ofAll = yearlyMoves(panel, decomposition.totalAdjusted, 0, origin);
    const { groupAdjusted, locationAdjusted } = decomposition;
    groupLevel = levelAt(groupAdjusted, groups.of[s]! * periods, origin, MEMORY[frequency]);
    locationLevel = levelAt(locationAdjusted, locationOf[s]! * periods, origin, MEMORY[frequency]);
    basePrice = Number.NaN;
    if (!hasPrices) return;
    let sum = 0;
    let count = 0;
    for (let t = Math.max(0, origin - 28); t < origin; t++) {
      const price = panel.price[s * width + t]!;
      if (price > 0) {
        sum += price;
        count++;
      }
    }
    basePrice = sum / count;
  };

  const writeRegular = (into: Float32Array, at: number, t: number): void => {
    if (t >= width) return;
    const row = calendar.calendarOf[locationOf[s]!]! * width + t;
    for (let i = drivers.start[row]!; i < drivers.start[row + 1]!; i++) {
      const column = drivers.regular.indexOf(drivers.list[i]!);
      if (column >= 0 && column < regularColumns) into[at + column] = 1;
    }
  };

  const writePast = (into: Float32Array, start: number, t: number): void => {
    let at = start;
    const adjusted = t >= 0 ? decomposition.adjusted[s * periods + t]! : Number.NaN;
    const isSeen = !Number.isNaN(adjusted);
    into[at++] = isSeen ? clip(Math.sqrt(adjusted / scale) - 1, 2) : 0;
    into[at++] = isSeen ? clip(adjusted / scale - 1, 3) : 0;
    into[at++] = overLevel(decomposition.groupAdjusted, groups.of[s]!, groupLevel, t);
    into[at++] = overLevel(decomposition.locationAdjusted, locationOf[s]!, locationLevel, t);
    into[at++] = isSeen ? 1 : 0;
    into[at++] = promoted(t);
    into[at++] = discount(t);
    into[at++] = relativePrice(Math.max(0, t));
    into[at++] = isOpen(t) ? 0 : 1;
    if (weekdays > 0) into[at + weekdayOf(panel.startDay + t)] = 1;
  };

  const writeStatic = (into: Float32Array, start: number): void => {
    if (categoryColumns > 0) into[start + categoryOf[productOf[s]!]!] = 1;
    registry.writeFixed(into, start + categoryColumns);
  };

  const writeAhead = (into: Float32Array, start: number, h: number): void => {
    let at = start;
    const t = origin + h;
    into[at++] = logOf(decomposition.weekdayFactor(s, t));
    for (let k = 0; k < DRIVER_KINDS.length; k++) {
      into[at++] = logOf(t < width ? decomposition.eventFactor(s, t, k) : 1);
    }
    into[at++] = logOf(t < width ? decomposition.promotionFactor(s, t) : 1);
    into[at++] = ofGroup!.move(t, 1);
    into[at++] = ofGroup!.average(t);
    into[at++] = ofAll!.average(t);
    into[at++] = ofSeries!.move(t, 1);
    into[at++] = ofSeries!.average(t);
    into[at++] = clip(ofSeries!.move(t, 1, 0), 1);
    into[at++] = ofLocation!.move(t, 1);
    into[at++] = ofLocation!.average(t);
    into[at++] = Math.exp(-h / 7);
    for (let k = 0; k < WAVES; k++) into[at++] = year[Math.min(t, width - 1) * WAVES + k]!;
    writeRegular(into, at, t);
    at += regularColumns;
    if (weekdays > 0) into[at + weekdayOf(panel.startDay + t)] = 1;
    registry.writeAhead(into, at + weekdays, t);
  };

  const categoryNames = Array.from(
    { length: categoryColumns },
    (_, column) => `is_category ${categories.filter((__, i) => i % categoryColumns === column).join(', ')}`,
  );
  const names: FeatureNames = {
    past: [...PAST_NAMES, ...numbered('is_weekday', weekdays)],
    fixed: [...categoryNames, ...registry.names.fixed],
    ahead: [
      ...AHEAD_NAMES,
      ...numbered('wave', WAVES),
      ...numbered('is_event', regularColumns),
      ...numbered('is_weekday', weekdays),
      ...registry.names.ahead,
    ],
  };
  return {
    pastWidth: names.past.length,
    staticWidth: names.fixed.length,
    aheadWidth: names.ahead.length,
    names,
    startWeights: START_WEIGHTS,
    begin,
    writePast,
    writeStatic,
    writeAhead,
    isKnown: timeline.isKnown,
    scaled: { fixed: registry.names.fixed.length, ahead: registry.names.ahead.length },
  };
}

const WAVES = 8;

/** Two waves of the year and two of the month, [period][8]. */
function calendarWaves(panel: Panel, width: number): Float32Array {
  const waves = new Float32Array(width * WAVES);
  for (let t = 0; t < width; t++) {
    const { dayOfYear, dayOfMonth } = partsOf(panel.startDay + t * panel.periodDays);
    const angles = [1, 2].flatMap((k) => [
      (2 * Math.PI * k * dayOfYear) / 365.25,
      (2 * Math.PI * k * dayOfMonth) / 30.5,
    ]);
    angles.forEach((angle, k) => {
      waves[t * WAVES + 2 * k] = Math.sin(angle);
      waves[t * WAVES + 2 * k + 1] = Math.cos(angle);
    });
  }
  return waves;
}
