import type { FeatureTable } from '../features/table.ts';
import { leastLeafRows } from '../gbdt/options.ts';
import { predictGbdt } from '../gbdt/predict.ts';
import { type GbdtModel, trainGbdt } from '../gbdt/train.ts';
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

/** Trains one member on rows whose sales are known. */
export function trainMember(
  member: Member,
  rows: Rows,
  table: FeatureTable,
  budget: BoostedTreesBudget,
  seed: number,
  onTree?: (done: number) => void,
): TrainedMember {
  const count = table.rows;
  const anchor = rows.anchor[member.anchor];
  const target = new Float32Array(count);
  const weight = new Float32Array(count);
  let all = 0;
  for (let i = 0; i < count; i++) {
    const ratio = Math.min(RATIO_BOUNDS[1], rows.sold[i]! / anchor[i]!);
    target[i] = member.loss === 'poisson' ? ratio : Math.log(Math.max(RATIO_BOUNDS[0], ratio));
    weight[i] = anchor[i]! ** member.weightPower;
    all += weight[i]!;
  }
  for (let i = 0; i < count; i++) weight[i]! *= count / all;
  const { trees, leaves, learningRate, minLeafRows, lambda, columnShare, rowShare, bins } = budget;
  const model = trainGbdt(
    table,
    target,
    weight,
    {
      loss: member.loss,
      trees,
      leaves,
      learningRate,
      minLeafRows: leastLeafRows(minLeafRows, count),
      lambda,
      columnShare,
      rowShare,
      bins,
      seed,
    },
    onTree,
  );
  const trained = { member, model, correction: 1 };
  if (member.loss === 'squared' && count > 0) {
    const predicted = predictRatio(trained, table);
    let sold = 0;
    let expected = 0;
    for (let i = 0; i < count; i++) {
      sold += weight[i]! * Math.min(RATIO_BOUNDS[1], rows.sold[i]! / anchor[i]!);
      expected += weight[i]! * predicted[i]!;
    }
    if (expected > 0) trained.correction = sold / expected;
  }
  return trained;
}

/** Ratios of sales to the anchor that a member expects, one per row. */
export function predictRatio({ member, model, correction }: TrainedMember, table: FeatureTable): Float32Array {
  const predicted = predictGbdt(model, table);
  if (member.loss === 'poisson') return predicted;
  return predicted.map((log) => correction * Math.exp(log));
}
