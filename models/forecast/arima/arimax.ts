import { type RegressionArima, regressionForecaster } from './regression-arima.ts';

/** Two years, weekdays, events, promotions; errors with a weekly season of order one at most. */
export const ARIMAX: RegressionArima = {
  name: 'arimax',
  days: 728,
  weeks: 208,
  week: 'indicators',
  yearWaves: 0,
  events: true,
  seasonal: true,
  limits: { most: 3, mostSeasonal: 1, mostInAll: 4, models: 14 },
};

/** Regression on weekday, events and promotions with seasonal ARIMA errors, effects by generalised least squares. */
export const arimax = regressionForecaster(ARIMAX);
