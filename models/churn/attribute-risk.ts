import { createRandom } from '../../data/random.ts';
import type { EncodedAttributes } from './attribute-columns.ts';
import { rowsOf } from './design-matrix.ts';
import { calibrate, fitPlatt } from './platt.ts';
import type { Sentence } from './reason-sentences.ts';
import { chooseLambda, fitRidgeLogistic, LAMBDAS, type LogisticModel, logOdds, splitFold } from './ridge-logistic.ts';
import { type ReliabilityBand, type RiskScore, reliabilityOf, scoreRisk } from './risk-metrics.ts';
import { logistic } from './special-functions.ts';

const FOLDS = 5;

export interface AttributeRisk {
  /** Risk of every customer: out of fold where the label is known, so that no customer's own label is in it. */
  risk: Float64Array;
  /** Judged out of fold, over customers with a label. */
  score: RiskScore;
  /** The same by the overall share alone. */
  baseline: RiskScore;
  reliability: ReliabilityBand[];
  model: LogisticModel;
  isCalibrated: boolean;
  reasons: Sentence[][];
}

/**
 * Risk from attributes by ridge logistic regression, judged by 5 folds that share nothing: scaling, penalty and
 * coefficients come from the other folds. Platt's calibration is kept where it lowers the squared error on folds it did not see.
 *
 * @param labels 1 left, 0 stayed, NaN not known
 * @returns undefined with fewer than 50 labels or where all are alike
 * Cost: O(customers x columns^2) times about 150 Newton steps.
 */
export function attributeRisk(
  encoded: EncodedAttributes,
  labels: Float64Array,
  seed: number,
): AttributeRisk | undefined {
  const { matrix } = encoded;
  const order = shuffledLabelled(labels, seed);
  const left = order.filter((row) => labels[row] === 1).length;
  if (order.length < 50 || left < FOLDS || order.length - left < FOLDS) return undefined;
  const eta = new Float64Array(matrix.rows);
  for (let fold = 0; fold < FOLDS; fold++) {
    const { train, test } = splitFold(order, fold, FOLDS);
    const trainMatrix = rowsOf(matrix, train);
    const trainLabels = train.map((row) => labels[row]!);
    const inner = Int32Array.from({ length: train.length }, (_, i) => i);
    const lambda = chooseLambda(trainMatrix, trainLabels, inner, 3, LAMBDAS);
    const foldEta = logOdds(fitRidgeLogistic(trainMatrix, trainLabels, lambda), rowsOf(matrix, test));
    test.forEach((row, i) => {
      eta[row] = foldEta[i]!;
    });
  }
  const known = rowsOf(matrix, order);
  const knownLabels = order.map((row) => labels[row]!);
  const identity = Int32Array.from({ length: order.length }, (_, i) => i);
  const model = fitRidgeLogistic(known, knownLabels, chooseLambda(known, knownLabels, identity, 3, LAMBDAS));
  const finalEta = logOdds(model, matrix);
  for (let i = 0; i < matrix.rows; i++) if (Number.isNaN(labels[i]!)) eta[i] = finalEta[i]!;

  const { risk, isCalibrated } = calibrated(eta, labels, order);
  const knownRisk = order.map((row) => risk[row]!);
  const share = left / order.length;
  return {
    risk,
    score: scoreRisk(knownRisk, knownLabels),
    baseline: scoreRisk(
      knownRisk.map(() => share),
      knownLabels,
    ),
    reliability: reliabilityOf(knownRisk, knownLabels),
    model,
    isCalibrated,
    reasons: attributeReasons(encoded, model, labels, share),
  };
}

/** Rows with a label, in a seeded order, those who left spread evenly over the folds. */
function shuffledLabelled(labels: Float64Array, seed: number): number[] {
  const random = createRandom(seed).fork('attribute-folds');
  const groups: number[][] = [[], []];
  labels.forEach((label, row) => {
    if (!Number.isNaN(label)) groups[label]!.push(row);
  });
  return groups.flatMap((rows) => {
    for (let i = rows.length - 1; i > 0; i--) {
      const j = random.below(i + 1);
      [rows[i], rows[j]] = [rows[j]!, rows[i]!];
    }
    return rows;
  });
}

function calibrated(
  eta: Float64Array,
  labels: Float64Array,
  order: number[],
): { risk: Float64Array; isCalibrated: boolean } {
  const crossed = new Float64Array(eta.length);
  for (let fold = 0; fold < FOLDS; fold++) {
    const { train, test } = splitFold(order, fold, FOLDS);
    const platt = fitPlatt(
      train.map((row) => eta[row]!),
      train.map((row) => labels[row]!),
    );
    for (const row of test) crossed[row] = calibrate(platt, eta[row]!);
  }
  const error = (risk: (row: number) => number): number =>
    order.reduce((sum, row) => sum + (risk(row) - labels[row]!) ** 2, 0);
  if (error((row) => crossed[row]!) >= error((row) => logistic(eta[row]!))) {
    return { risk: eta.map(logistic), isCalibrated: false };
  }
  const platt = fitPlatt(
    order.map((row) => eta[row]!),
    order.map((row) => labels[row]!),
  );
  const risk = eta.map((value, row) => (Number.isNaN(labels[row]!) ? calibrate(platt, value) : crossed[row]!));
  return { risk, isCalibrated: true };
}

/** Three attributes per customer that add most to the log odds, against the average customer. */
function attributeReasons(
  encoded: EncodedAttributes,
  model: LogisticModel,
  labels: Float64Array,
  share: number,
): Sentence[][] {
  const { matrix, attributeOf, attributes } = encoded;
  const left = attributes.map(({ groups }) => new Float64Array(groups.length));
  const known = attributes.map(({ groups }) => new Float64Array(groups.length));
  attributes.forEach(({ groupOf }, a) => {
    groupOf.forEach((group, row) => {
      if (Number.isNaN(labels[row]!)) return;
      known[a]![group]!++;
      left[a]![group]! += labels[row]!;
    });
  });
  return Array.from({ length: matrix.rows }, (_, row) => {
    const added = new Float64Array(attributes.length);
    for (let j = 0; j < matrix.width; j++) {
      const distance = matrix.values[row * matrix.width + j]! - model.centre[j]!;
      added[attributeOf[j]!]! += model.coefficients[j]! * distance;
    }
    const rates = attributes.map(({ groupOf }, a) => {
      const group = groupOf[row]!;
      return (left[a]![group]! + share) / (known[a]![group]! + 1);
    });
    // first what the whole model and the plain share agree on: a reader checks the second
    const agrees = (a: number): number => (added[a]! > 0 && rates[a]! > share ? 1 : 0);
    const strongest = Array.from(added.keys()).sort((a, b) => agrees(b) - agrees(a) || added[b]! - added[a]! || a - b);
    return strongest.slice(0, 3).map((a) => {
      const { name, groupOf, groups } = attributes[a]!;
      return attributeSentence(name, groups[groupOf[row]!]!, rates[a]!, share);
    });
  });
}

function attributeSentence(name: string, group: string, rate: number, share: number): Sentence {
  const [of, all] = [Math.round(100 * rate), Math.round(100 * share)];
  return {
    en: `${name} is ${group}: ${of} % of such customers left, ${all} % of all.`,
    zh: `${name} 为 ${group}：此类客户流失 ${of} %，总体 ${all} %。`,
  };
}
