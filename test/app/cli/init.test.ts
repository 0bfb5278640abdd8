import { expect, it } from 'vitest';
import { verbs } from '../../../app/cli/verbs.ts';
import { TABLE_NAMES } from '../../../data/contract/tables.ts';

it('init takes a file for every table of the contract', () => {
  expect(Object.keys(verbs.init!.options)).toEqual(expect.arrayContaining([...TABLE_NAMES]));
});
