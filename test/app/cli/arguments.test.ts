import { describe, expect, it } from 'vitest';
import { parseArguments } from '../../../app/cli/arguments.ts';

describe('arguments', () => {
  it('that are misspelt are named, with those there are', () => {
    expect(() => parseArguments(['--projet', 'shop'], { from: { type: 'string' } })).toThrow(
      expect.objectContaining({
        code: 'ARGUMENT_UNKNOWN',
        message: "Unknown option '--projet'.",
        fix: 'The options here are --from, --project, --as-of, --json, --quiet, --seed, --help.',
      }),
    );
  });

  it('that lack their value are named', () => {
    expect(() => parseArguments(['--seed'])).toThrow(/^Option '--seed <value>' argument missing\.$/);
  });
});
