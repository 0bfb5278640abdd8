import { regressionForecaster } from './regression-arima.ts';

/** Seasonal ARIMA with a weekly season on the last 400 days, and no regressors. About 40 conditional fits of 400 x 10. */
export const arima = regressionForecaster({
  name: 'arima',
  days: 400,
  weeks: 208,
  week: 'none',
  yearWaves: 0,
  events: false,
  seasonal: true,
  limits: { most: 3, mostSeasonal: 1, mostInAll: 5, models: 24 },
});
