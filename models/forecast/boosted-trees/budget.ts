import type { Panel } from '../../panel.ts';
import type { Anchor } from './anchors.ts';

/** One of the models that are averaged. */
export interface Member {
  /** What sales are divided by. */
  anchor: Anchor;
  /** `poisson` on the ratio; `squared` on its log. */
  loss: 'poisson' | 'squared';
  /** Power of the anchor, in units, that an example weighs. */
  weightPower: number;
}

/** How much to learn from, and how. */
export interface BoostedTreesBudget {
  /** Rows learned from, at most. */
  rows: number;
  /** Rows drawn from one series and origin. */
  targetsPerOrigin: number;
  trees: number;
  leaves: number;
  learningRate: number;
  minLeafRows: number;
  lambda: number;
  columnShare: number;
  rowShare: number;
  bins: number;
}

/**
 * Sizes by number of series. More rows lowered the error on M5 origins before 2015-11 (20 % to 60 % of 300,000 rows: 0.464 to
 * 0.454); the number of trees and the learning rate were set for time, not searched.
 */
export function defaultBudget(panel: Panel): BoostedTreesBudget {
  return {
    rows: Math.min(140_000, panel.seriesCount * 2_000),
    targetsPerOrigin: Math.min(7, panel.horizon),
    trees: 100,
    leaves: 24,
    learningRate: 0.1,
    minLeafRows: 60,
    lambda: 1,
    columnShare: 0.4,
    rowShare: 0.7,
    bins: 63,
  };
}

/** Series that sell nothing on more of their periods than this are counted, not measured. */
const COUNT_SHARE = 0.1;

/** The models to average: logs of ratios suit steady sales, a log link suits counts with zeros. */
export function membersFor(zeroShare: number): Member[] {
  if (zeroShare > COUNT_SHARE) {
    return [
      { anchor: 'level', loss: 'poisson', weightPower: 1 },
      { anchor: 'effects', loss: 'poisson', weightPower: 1 },
    ];
  }
  return [
    { anchor: 'level', loss: 'squared', weightPower: 0.5 },
    { anchor: 'year', loss: 'squared', weightPower: 0.5 },
    { anchor: 'effects', loss: 'squared', weightPower: 0.5 },
  ];
}
