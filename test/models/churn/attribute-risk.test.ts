import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../data/random.ts';
import { encodeAttributes, readAttributes } from '../../../models/churn/attribute-columns.ts';
import { attributeRisk } from '../../../models/churn/attribute-risk.ts';
import { realData } from '../../real-data.ts';

const telco = realData('telco');

describe.skipIf(!telco)('on the telco customers', () => {
  test('the risk is as sharp and as calibrated as the best published logistic regression, without leaking', () => {
    const [head, ...lines] = readFileSync(join(telco!, 'Telco-Customer-Churn.csv'), 'utf8').trim().split(/\r?\n/);
    const names = head!.split(',');
    const rows = lines.map((line) => line.split(','));
    const label = names.indexOf('Churn');
    const json = rows.map((row) =>
      JSON.stringify(Object.fromEntries(names.flatMap((name, j) => (j === 0 || j === label ? [] : [[name, row[j]]])))),
    );
    const labels = Float64Array.from(rows, (row) => (row[label] === 'Yes' ? 1 : 0));
    const result = attributeRisk(encodeAttributes(readAttributes(json)), labels, 1)!;
    expect(result.score.auc).toBeGreaterThan(0.845);
    expect(result.score.brier).toBeLessThan(0.136);
    for (const band of result.reliability) {
      const standardError = Math.sqrt((band.predicted * (1 - band.predicted)) / band.customers);
      expect(Math.abs(band.predicted - band.actual)).toBeLessThan(3.5 * standardError);
    }
  });
});

function made(n: number): { json: string[]; labels: Float64Array } {
  const random = createRandom(11);
  const labels = new Float64Array(n);
  const json = Array.from({ length: n }, (_, i) => {
    const months = random.below(60);
    const plan = random.below(2) === 0 ? 'monthly' : 'yearly';
    const odds = (plan === 'monthly' ? 1 : -1) - months / 30;
    labels[i] = random.uniform() < 1 / (1 + Math.exp(-odds)) ? 1 : 0;
    return JSON.stringify({ months, plan, id: `C${i}`, country: 'DE' });
  });
  return { json, labels };
}

test('attributes are read by name, with blanks where a customer has none', () => {
  expect(readAttributes(['{"b":2,"a":" x "}', 'not json', null, '{"a":null}'])).toEqual([
    { name: 'a', values: ['x', '', '', ''] },
    { name: 'b', values: ['2', '', '', ''] },
  ]);
});

test('identifiers and constants are left out, numbers get bands and texts get levels', () => {
  const { json } = made(200);
  const encoded = encodeAttributes(readAttributes(json));
  expect(encoded.attributes.map(({ name, kind }) => [name, kind])).toEqual([
    ['months', 'number'],
    ['plan', 'level'],
  ]);
  expect(encoded.matrix.values.every(Number.isFinite)).toBe(true);
});

test('a customer without a label is scored too, and reasons name what sets the customer apart', () => {
  const { json, labels } = made(800);
  labels[0] = Number.NaN;
  json[0] = JSON.stringify({ months: 1, plan: 'monthly' });
  const result = attributeRisk(encodeAttributes(readAttributes(json)), labels, 1)!;
  expect(result.risk[0]).toBeGreaterThan(0.6);
  expect(result.reasons[0]!.map((reason) => reason.en.split(' ')[0])).toEqual(
    expect.arrayContaining(['months', 'plan']),
  );
  expect(result.score.brier).toBeLessThan(result.baseline.brier);
});

test('labels that carry nothing give a risk near the share of those who left', () => {
  const { json, labels } = made(600);
  const random = createRandom(2);
  labels.forEach((_, i) => {
    labels[i] = random.below(4) === 0 ? 1 : 0;
  });
  const result = attributeRisk(encodeAttributes(readAttributes(json)), labels, 1)!;
  expect(result.score.auc).toBeLessThan(0.6);
  expect(result.score.brier).toBeLessThan(result.baseline.brier * 1.03);
});

test('there is no risk without labels, with one class only, or with too few customers', () => {
  const { json, labels } = made(100);
  const encoded = encodeAttributes(readAttributes(json));
  expect(
    attributeRisk(
      encoded,
      labels.map(() => Number.NaN),
      1,
    ),
  ).toBeUndefined();
  expect(
    attributeRisk(
      encoded,
      labels.map(() => 1),
      1,
    ),
  ).toBeUndefined();
  expect(attributeRisk(encodeAttributes([]), new Float64Array(0), 1)).toBeUndefined();
});
