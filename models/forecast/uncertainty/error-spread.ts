import { type Backtest, mayTeach } from '../backtest/backtest.ts';

/** Cells of its group's usual spread that are mixed into a node's own. */
const PRIOR_CELLS = 30;
/** Candidates for how the spread grows with the forecast: 0 constant, 0.5 as in counts, 1 in proportion. */
const POWERS = [0, 0.25, 0.5, 0.75, 1];

/** Expected absolute error as a function of the forecast, per node and cutoff left out (the last one: none). */
export interface Spread {
  cutoffs: number;
  horizon: number;
  /** How hard each day is beside others, [cutoff, and last what is ahead][horizon]; all alike if left out. */
  difficulty: Float32Array | undefined;
  /** [group][cutoff left out]. */
  power: Float64Array;
  scale: Float64Array;
  centre: Float64Array;
  groupOf: Int32Array;
}

/**
 * Expected absolute error of a forecast of `mean`; positive.
 *
 * @param without cutoff that is forecast from, its errors left out; the number of cutoffs for what is ahead
 * @param h periods after it
 */
export function spreadAt(
  { cutoffs, horizon, difficulty, power, scale, centre, groupOf }: Spread,
  node: number,
  without: number,
  h: number,
  mean: number,
): number {
  const i = node * (cutoffs + 1) + without;
  const width = scale[i]!;
  const growth =
    ((Math.max(0, mean) + width) / (centre[i]! + width)) ** power[groupOf[node]! * (cutoffs + 1) + without]!;
  return width * growth * (difficulty?.[without * horizon + h] ?? 1);
}

/**
 * Mean absolute error per node with each cutoff left out, shrunk towards what is usual in its group for a node of that
 * size, and the power with which errors grow with the forecast in each group (largest Laplace likelihood). What a single cutoff
 * leaves nothing to tell, as where there is no other, is told by all of them.
 *
 * @param difficulty of the days, [cutoffs + 1][horizon], by which errors are divided
 */
export function errorSpread(
  backtest: Backtest,
  groupOf: Int32Array,
  groups: number,
  difficulty?: Float32Array,
): Spread {
  const { nodes, cutoffs, horizon, actual, forecast } = backtest;
  const rows = cutoffs + 1;
  const error = new Float64Array(nodes * rows);
  const level = new Float64Array(nodes * rows);
  const count = new Float64Array(nodes * rows);
  for (let node = 0; node < nodes; node++) {
    for (let k = 0; k < cutoffs; k++) {
      for (let h = 0; h < horizon; h++) {
        const i = (node * cutoffs + k) * horizon + h;
        if (Number.isNaN(actual[i]!)) continue;
        const usual = Math.abs(actual[i]! - forecast[i]!) / (difficulty?.[k * horizon + h] ?? 1);
        for (let row = 0; row < rows; row++) {
          if (!mayTeach(k, row, cutoffs)) continue;
          error[node * rows + row]! += usual;
          level[node * rows + row]! += forecast[i]!;
          count[node * rows + row]!++;
        }
      }
    }
  }
  const groupError = new Float64Array(groups * rows);
  const groupRoot = new Float64Array(groups * rows);
  for (let i = 0; i < error.length; i++) {
    if (count[i] === 0) continue;
    const group = groupOf[Math.floor(i / rows)]! * rows + (i % rows);
    groupError[group]! += error[i]!;
    groupRoot[group]! += count[i]! * Math.sqrt(level[i]! / count[i]!);
  }
  const scale = new Float64Array(error.length);
  const centre = new Float64Array(error.length);
  for (let i = 0; i < error.length; i++) {
    const node = Math.floor(i / rows);
    const known = count[i]! > 0 ? i : node * rows + cutoffs;
    centre[i] = count[known]! > 0 ? level[known]! / count[known]! : 0;
    const own = groupOf[node]! * rows + (i % rows);
    const group = groupRoot[own]! > 0 ? own : groupOf[node]! * rows + cutoffs;
    const usual = groupRoot[group]! > 0 ? (groupError[group]! / groupRoot[group]!) * Math.sqrt(centre[i]!) : 0;
    scale[i] = Math.max(1e-6, (error[i]! + PRIOR_CELLS * usual) / (count[i]! + PRIOR_CELLS));
  }
  const power = new Float64Array(groups * rows);
  const spread: Spread = { cutoffs, horizon, difficulty, power, scale, centre, groupOf };
  choosePowers(backtest, spread, groups);
  return spread;
}

function choosePowers({ nodes, cutoffs, horizon, actual, forecast }: Backtest, spread: Spread, groups: number): void {
  const rows = cutoffs + 1;
  const best = new Float64Array(groups * rows).fill(Number.POSITIVE_INFINITY);
  const chosen = new Float64Array(groups * rows);
  for (const power of POWERS) {
    spread.power.fill(power);
    const loss = new Float64Array(groups * rows);
    for (let i = 0; i < nodes * cutoffs * horizon; i++) {
      if (Number.isNaN(actual[i]!)) continue;
      const node = Math.floor(i / (cutoffs * horizon));
      const cutoff = Math.floor(i / horizon) % cutoffs;
      const width = spreadAt(spread, node, cutoff, i % horizon, forecast[i]!);
      const own = Math.abs(actual[i]! - forecast[i]!) / width + Math.log(width);
      const group = spread.groupOf[node]! * rows;
      for (let row = 0; row < rows; row++) if (mayTeach(cutoff, row, cutoffs)) loss[group + row]! += own;
    }
    loss.forEach((value, i) => {
      if (value >= best[i]!) return;
      best[i] = value;
      chosen[i] = power;
    });
  }
  spread.power.set(chosen);
}
