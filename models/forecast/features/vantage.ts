import type { Panel } from '../../panel.ts';
import type { Partition } from './partitions.ts';
import type { Timeline } from './timeline.ts';

/** Known periods that a mean over `span` is made of at least. */
export const leastKnown = (span: number): number => Math.ceil(span / 4);

/**
 * What can be seen of one series from the morning of `origin` about the period `target`. Sales are read through it alone, and
 * none of its methods gives a sale of `origin` or later: those features see the past by construction.
 */
export class Vantage {
  readonly panel: Panel;
  readonly timeline: Timeline;
  /** Periods of the known past and of the plan. */
  readonly width: number;
  series = 0;
  origin = 0;
  /** Period that is forecast; `origin + step - 1`. */
  target = 0;
  /** Units per period that the series sold of late, without weekday and effects; not above 0 before its first sale. */
  level = 0;
  private calendar = 0;

  constructor(timeline: Timeline) {
    this.timeline = timeline;
    this.panel = timeline.panel;
    this.width = timeline.panel.periods + timeline.panel.horizon;
  }

  /** Stands at `origin`, up to which the timeline must have been fed. */
  stand(series: number, origin: number): void {
    this.series = series;
    this.origin = origin;
    this.target = origin;
    this.level = this.timeline.decomposition.level(series, 1);
    this.calendar = this.panel.calendar.calendarOf[this.panel.locationOf[series]!] ?? 0;
  }

  /** Periods that make about `days` days, at least one. */
  spanOf(days: number): number {
    return Math.max(1, Math.round(days / this.panel.periodDays));
  }

  /** Periods from a day to the same weekday one year later. */
  get year(): number {
    return this.panel.frequency === 'daily' ? 364 : 52;
  }

  /** Units sold in period `t`; NaN from the origin on, and where sales do not show demand. */
  sold(t: number): number {
    if (t >= this.origin || t < 0 || !this.timeline.isKnown(this.series, t)) return Number.NaN;
    return this.panel.quantity[this.series * this.panel.periods + t]!;
  }

  /** Units without weekday and effects; NaN from the origin on. */
  adjusted(t: number): number {
    return t >= this.origin || t < 0
      ? Number.NaN
      : this.timeline.decomposition.adjusted[this.series * this.panel.periods + t]!;
  }

  /** Mean of `adjusted` over [from, to), cut at the origin; NaN without any. */
  adjustedMean(from: number, to: number): number {
    return this.meanOf(this.timeline.decomposition.adjusted, this.series, from, to);
  }

  /**
   * Mean of `adjusted` over the `span` periods before the origin. Where fewer than a quarter of them are known, as after months
   * without a record, over as many known ones of before: a single day is no mean of a quarter year. NaN without any.
   */
  recentMean(span: number): number {
    const row = this.series * this.panel.periods;
    const { adjusted } = this.timeline.decomposition;
    const least = leastKnown(span);
    let sum = 0;
    let count = 0;
    for (let t = this.origin - 1; t >= 0 && (t >= this.origin - span || count < least); t--) {
      const value = adjusted[row + t]!;
      if (Number.isNaN(value)) continue;
      sum += value;
      count++;
    }
    return sum / count;
  }

  /** Whether a quarter of the `span` periods before the origin is known. */
  isRecent(span: number): boolean {
    const row = this.series * this.panel.periods;
    let count = 0;
    for (let t = Math.max(0, this.origin - span); t < this.origin; t++) {
      if (!Number.isNaN(this.timeline.decomposition.adjusted[row + t]!)) count++;
    }
    return count >= leastKnown(span);
  }

  /** The same for all series that share a product, location or the like. */
  groupMean(partition: Partition, from: number, to: number): number {
    return this.meanOf(partition.adjusted, partition.of[this.series]!, from, to);
  }

  private meanOf(values: Float32Array | Float64Array, row: number, from: number, to: number): number {
    const start = row * this.panel.periods;
    const end = start + Math.min(to, this.origin);
    let sum = 0;
    let count = 0;
    for (let i = start + Math.max(0, from); i < end; i++) {
      const value = values[i]!;
      if (Number.isNaN(value)) continue;
      sum += value;
      count++;
    }
    return count > 0 ? sum / count : Number.NaN;
  }

  /** What the events of the target multiply sales by, as learned before the origin; 1 beyond the plan. */
  eventFactor(): number {
    return this.target < this.width ? this.timeline.decomposition.eventFactor(this.series, this.target) : 1;
  }

  /** What the promotion in the target multiplies sales by, as learned before the origin; 1 without one. */
  promotionFactor(): number {
    return this.target < this.width ? this.timeline.decomposition.promotionFactor(this.series, this.target) : 1;
  }

  /** Whether the shelf was filled in period `t` before the origin; undefined where not known. */
  inStock(t: number): boolean | undefined {
    if (t >= this.origin || t < this.panel.firstPeriod[this.series]!) return undefined;
    return this.panel.inStock[this.series * this.panel.periods + t] === 1;
  }

  isClosed(t: number): boolean {
    return t >= 0 && t < this.width && this.panel.calendar.isClosed[this.calendar * this.width + t] === 1;
  }

  hasEvent(event: number, t: number): boolean {
    if (t < 0 || t >= this.width) return false;
    const { events, hasEvent } = this.panel.calendar;
    return hasEvent[(this.calendar * events.length + event) * this.width + t] === 1;
  }

  /** Row of the location's calendar in arrays of [calendar][width]. */
  get calendarRow(): number {
    return this.calendar * this.width;
  }

  isPromoted(t: number): boolean {
    return this.promotionKind(t) > 0;
  }

  /** 1 + index into the panel's kinds of promotion, 0 without one. */
  promotionKind(t: number): number {
    return t >= 0 && t < this.width ? (this.panel.promotionKind[this.series * this.width + t] ?? 0) : 0;
  }

  /** Discount as a fraction, 0 where none is known. */
  discount(t: number): number {
    return t >= 0 && t < this.width ? (this.panel.discount[this.series * this.width + t] ?? 0) || 0 : 0;
  }

  price(t: number): number {
    return t >= 0 && t < this.width ? (this.panel.price[this.series * this.width + t] ?? Number.NaN) : Number.NaN;
  }
}
