export const JOB_NAMES = [
  'load',
  'forecast',
  'elasticity',
  'churn',
  'restock',
  'replay',
  'discount',
  'monitor',
  'publish',
] as const;
export type JobName = (typeof JOB_NAMES)[number];
