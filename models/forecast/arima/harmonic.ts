import { regressionForecaster } from './regression-arima.ts';

/**
 * Dynamic harmonic regression (Hyndman and Athanasopoulos 2021, 10.5): weekly and yearly waves, events and promotions, with
 * ARMA errors of automatic order, on the last three years.
 */
export const harmonic = regressionForecaster({
  name: 'harmonic_regression',
  days: 1095,
  weeks: 208,
  week: 'waves',
  yearWaves: 4,
  events: true,
  seasonal: false,
  limits: { most: 3, mostSeasonal: 0, mostInAll: 4, models: 10 },
});
