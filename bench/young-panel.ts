import type { Panel } from '../models/panel.ts';

/** The panel as if nothing were known from before its last `history` periods. O(series x (periods + horizon)). */
export function youngPanel(panel: Panel, history: number): Panel {
  const cut = Math.max(0, panel.periods - history);
  const width = panel.periods + panel.horizon;
  const later = <T extends Float32Array | Uint8Array>(values: T, from: number): T =>
    values.filter((_, i) => i % from >= cut) as T;
  const { products, calendar, indicators } = panel;
  return {
    ...panel,
    startDay: panel.startDay + cut * panel.periodDays,
    periods: panel.periods - cut,
    firstPeriod: panel.firstPeriod.map((first) => Math.max(0, first - cut)),
    products: { ...products, ...(products.endsAt && { endsAt: products.endsAt.map((end) => end - cut) }) },
    quantity: later(panel.quantity, panel.periods),
    inStock: later(panel.inStock, panel.periods),
    price: later(panel.price, width),
    discount: later(panel.discount, width),
    promotionKind: later(panel.promotionKind, width),
    calendar: {
      ...calendar,
      hasEvent: later(calendar.hasEvent, width),
      isClosed: later(calendar.isClosed, width),
    },
    indicators: { ...indicators, values: later(indicators.values, panel.periods) },
  };
}
