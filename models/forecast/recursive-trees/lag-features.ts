import type { DemandHistory } from './demand-history.ts';

/** A column that is computed from the periods before the one that is forecast, be they sold or forecast. */
export interface LagFeature {
  name: string;
  /** @param at place of the period in the row of its series, which begins at `row` */
  value(values: Float32Array, row: number, at: number): number;
}

const WEEKS_OF_WEEKDAY = 8;
const YEAR = 364;

const lag = (periods: number): LagFeature => ({
  name: `lag_${periods}`,
  value: (values, row, at) => (at - periods >= row ? values[at - periods]! : Number.NaN),
});

/** Mean of the known ones of the `span` periods that end `back` before the one that is forecast. */
const mean = (span: number, back = 1, step = 1): LagFeature => ({
  name: step > 1 ? `mean_weekday_${span}` : back > 1 ? `mean_${span}_before_${back}` : `mean_${span}`,
  value(values, row, at) {
    let sum = 0;
    let known = 0;
    for (let k = 0, i = at - back * step; k < span && i >= row; k++, i -= step) {
      const value = values[i]!;
      if (Number.isNaN(value)) continue;
      sum += value;
      known++;
    }
    return known > 0 ? sum / known : Number.NaN;
  },
});

/** Of daily sales: single days, means of weeks and months, the weekday, and the same days a year before. */
export const LAG_FEATURES: readonly LagFeature[] = [
  ...[1, 2, 3, 7, 14, 21, 28, YEAR].map(lag),
  mean(7),
  mean(28),
  mean(91),
  mean(WEEKS_OF_WEEKDAY, 1, 7),
  mean(28, YEAR),
  mean(28, YEAR - 14),
];

/** Fills the columns of one period of some series, one row each. */
export function fillLags(
  { values, width }: DemandHistory,
  series: ArrayLike<number>,
  period: number,
  columns: readonly Float32Array[],
  from: number,
): void {
  LAG_FEATURES.forEach(({ value }, f) => {
    const column = columns[f]!;
    for (let i = 0; i < series.length; i++) {
      const row = series[i]! * width;
      column[from + i] = value(values, row, row + period);
    }
  });
}
