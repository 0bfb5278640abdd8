import type { Panel } from '../../panel.ts';

/** What is known ahead or from outside and can be taken away from a forecast, in the order in which it is. */
export const SWITCHES = ['macro', 'price', 'promotion', 'holiday'] as const;
export type Switch = (typeof SWITCHES)[number];

/** Whether there is anything to switch off from period `origin` on. */
export function hasSwitch(panel: Panel, origin: number, name: Switch): boolean {
  const ahead = (values: ArrayLike<number>, isActive: (value: number, before: number) => boolean): boolean => {
    const width = panel.periods + panel.horizon;
    for (let i = 0; i < values.length; i++) {
      const t = i % width;
      if (t >= origin && t > 0 && isActive(values[i]!, values[i - t + Math.max(0, origin - 1)]!)) return true;
    }
    return false;
  };
  if (name === 'macro') return panel.indicators.names.length > 0;
  if (name === 'price') return ahead(panel.price, (value, before) => !Number.isNaN(value) && value !== before);
  if (name === 'promotion') return ahead(panel.promotionKind, (value) => value > 0);
  return panel.calendar.events.length > 0;
}

/** Which forecasts are to be told without macro indicators. */
interface Apart {
  /** First periods to forecast, ascending. */
  origins: readonly number[];
  /** Whether to tell what macro indicators do to the last origin. */
  isTakenApart?: boolean;
}

/** The panel that a forecast from `origin` is to be made on once more, without macro indicators; undefined where it is not. */
export function panelWithoutMacro(panel: Panel, origin: number, { origins, isTakenApart }: Apart): Panel | undefined {
  const isAsked = isTakenApart && origin === origins.at(-1) && hasSwitch(panel, origin, 'macro');
  return isAsked ? switchOff(panel, origin, new Set(['macro'])) : undefined;
}

/**
 * The panel as it would be if something did not happen from period `origin` on: no promotion, no event, the price of the last
 * day before, macro indicators as they were on average (their whole past is flat, as they act through it). History stays, so
 * that what a model learned from it stays. Closed days stay closed. Shares all arrays that do not change. O(changed cells).
 */
export function switchOff(panel: Panel, origin: number, off: ReadonlySet<Switch>): Panel {
  const { periods, horizon, calendar, indicators } = panel;
  const width = periods + horizon;
  const clear = <T extends Uint8Array | Float32Array>(values: T, at: (t: number, row: number) => number): T => {
    const changed = values.slice() as T;
    for (let row = 0; row < changed.length; row += width) {
      for (let t = origin; t < width; t++) changed[row + t] = at(t, row);
    }
    return changed;
  };
  const variant = { ...panel };
  if (off.has('promotion')) {
    variant.promotionKind = clear(panel.promotionKind, () => 0);
    variant.discount = clear(panel.discount, () => 0);
  }
  if (off.has('price')) {
    variant.price = clear(panel.price, (_, row) => {
      let t = Math.max(0, origin - 1);
      while (t > 0 && Number.isNaN(panel.price[row + t]!)) t--;
      return panel.price[row + t]!;
    });
  }
  if (off.has('holiday')) variant.calendar = { ...calendar, hasEvent: clear(calendar.hasEvent, () => 0) };
  if (off.has('macro')) {
    const values = indicators.values.slice();
    for (let row = 0; row < values.length; row += periods) {
      const known = values.subarray(row, row + Math.min(origin, periods)).filter((value) => !Number.isNaN(value));
      const mean = known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length);
      values.fill(mean, row, row + periods);
    }
    variant.indicators = { ...indicators, values };
  }
  return variant;
}
