import type { FeatureTable } from '../features/table.ts';
import { leastLeafRows } from '../gbdt/options.ts';
import { predictGbdt } from '../gbdt/predict.ts';
import { type GbdtModel, trainGbdtModels } from '../gbdt/train.ts';
import type { BoostedTreesBudget, Member } from './budget.ts';
import type { Rows } from './rows.ts';

/** A model, and how its answer becomes units. */
export interface TrainedMember {
  member: Member;
  model: GbdtModel;
  /** What a mean of logs lacks to the log of the mean, as a factor. */
  correction: number;
}

/** Least and largest ratio to learn from: more is a single event that nobody could learn from. */
const RATIO_BOUNDS = [0.03, 20] as const;

/**
 * Trains all members on rows whose sales are known.
 *
 * @param seedOf seed of the member at an index
 * @param onTree called with the number of trees done, of all members
 */
export function trainMembers(
  members: readonly Member[],
  rows: Rows,
  table: FeatureTable,
  budget: BoostedTreesBudget,
  seedOf: (m: number) => number,
  onTree?: (done: number) => void,
): TrainedMember[] {
  const { trees, leaves, learningRate, minLeafRows, lambda, columnShare, rowShare, bins } = budget;
  const size = { trees, leaves, learningRate, lambda, columnShare, rowShare, bins };
  const trainings = members.map((member, m) => ({
    ...examplesOf(member, rows, table.rows),
    options: { ...size, loss: member.loss, minLeafRows: leastLeafRows(minLeafRows, table.rows), seed: seedOf(m) },
  }));
  return trainGbdtModels(table, trainings, onTree).map(({ model, fitted }, m) => {
    const member = members[m]!;
    const correction = member.loss === 'squared' ? correctionOf(member, rows, trainings[m]!.weight, fitted) : 1;
    return { member, model, correction };
  });
}

/** What a member learns of each row, and how much the row weighs; 1 on average. */
function examplesOf({ anchor: name, loss, weightPower }: Member, rows: Rows, count: number) {
  const anchor = rows.anchor[name];
  const target = new Float32Array(count);
  const weight = new Float32Array(count);
  let all = 0;
  for (let i = 0; i < count; i++) {
    const ratio = Math.min(RATIO_BOUNDS[1], rows.sold[i]! / anchor[i]!);
    target[i] = loss === 'poisson' ? ratio : Math.log(Math.max(RATIO_BOUNDS[0], ratio));
    weight[i] = anchor[i]! ** weightPower;
    all += weight[i]!;
  }
  for (let i = 0; i < count; i++) weight[i]! *= count / all;
  return { target, weight };
}

/** What the exponentials of fitted logs lack to the ratios, as a factor. */
function correctionOf({ anchor: name }: Member, rows: Rows, weight: Float32Array, logs: Float32Array): number {
  const anchor = rows.anchor[name];
  let sold = 0;
  let expected = 0;
  logs.forEach((log, i) => {
    sold += weight[i]! * Math.min(RATIO_BOUNDS[1], rows.sold[i]! / anchor[i]!);
    expected += weight[i]! * Math.exp(log);
  });
  return expected > 0 ? sold / expected : 1;
}

/** Ratios of sales to the anchor that a member expects, one per row. */
export function predictRatio({ member, model, correction }: TrainedMember, table: FeatureTable): Float32Array {
  const predicted = predictGbdt(model, table);
  if (member.loss === 'poisson') return predicted;
  return predicted.map((log) => correction * Math.exp(log));
}
