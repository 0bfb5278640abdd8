import { describe, expect, it } from 'vitest';
import { type AdviceInput, adviceReason } from '../../../models/elasticity/advice.ts';

const sure: AdviceInput = { ownEstimate: -2, estimate: -1.9, lo: -2.5, hi: -1.3, holdoutGainPct: 3, hasRows: true };
const limits = { maxIntervalWidth: 2 };

describe('the gate for price advice', () => {
  it('opens for a narrow interval below zero that predicts unseen weeks', () => {
    expect(adviceReason(sure, limits)).toBe('OK');
  });

  it('opens where the held-out weeks say nothing because prices stood still', () => {
    expect(adviceReason({ ...sure, holdoutGainPct: Number.NaN }, limits)).toBe('OK');
  });

  it.each([
    ['TOO_FEW_ROWS', { hasRows: false }],
    ['PRICE_HARDLY_MOVED', { ownEstimate: Number.NaN }],
    ['WRONG_SIGN', { estimate: 0.1, lo: -0.5, hi: 0.7 }],
    ['INTERVAL_TOO_WIDE', { lo: -3.5, hi: -0.5 }],
    ['INTERVAL_TOO_WIDE', { lo: Number.NaN, hi: Number.NaN }],
    ['NOT_CLEARLY_NEGATIVE', { estimate: -0.4, lo: -0.9, hi: 0.1 }],
    ['HOLDOUT_WORSE', { holdoutGainPct: -0.1 }],
  ] as const)('is shut with %s for %j', (reason, change) => {
    expect(adviceReason({ ...sure, ...change }, limits)).toBe(reason);
  });

  it('names rows before prices, prices before signs', () => {
    const nothing: AdviceInput = {
      ownEstimate: Number.NaN,
      estimate: 1,
      lo: -9,
      hi: 9,
      holdoutGainPct: -1,
      hasRows: false,
    };
    expect(adviceReason(nothing, limits)).toBe('TOO_FEW_ROWS');
    expect(adviceReason({ ...nothing, hasRows: true }, limits)).toBe('PRICE_HARDLY_MOVED');
  });
});
