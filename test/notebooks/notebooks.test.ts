import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../pipelines/warehouse/package-root.ts';
import { notebookText, runNotebook } from '../../scripts/notebook/run-notebook.ts';

const folder = join(packageRoot, 'notebooks');

describe('notebooks', () => {
  it.each(readdirSync(folder).filter((name) => name.endsWith('.ipynb')))(
    '%s type-checks, runs, and has the outputs of this code',
    (name) => {
      const file = join(folder, name);
      expect(notebookText(runNotebook(file))).toBe(readFileSync(file, 'utf8'));
    },
    240_000,
  );
});
