import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { dataDictionary } from '../../../data/contract/dictionary.ts';
import { contractOf, TABLE_NAMES } from '../../../data/contract/tables.ts';

const page = dataDictionary();

it('keeps docs/data.md as the contract says; if not, run scripts/write-data-dictionary.mjs', () => {
  expect(readFileSync(new URL('../../../docs/data.md', import.meta.url), 'utf8')).toBe(page);
});

it('names every table and every column', () => {
  for (const table of TABLE_NAMES) {
    expect(page).toContain(`## ${table}\n`);
    for (const column of Object.keys(contractOf(table).columns))
      expect(page).toMatch(new RegExp(`\\| \`${column}\` +\\|`));
  }
});
