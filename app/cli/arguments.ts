import { parseArgs } from 'node:util';
import { LeadtimeError } from '../../errors.ts';

/** Options every verb knows. */
const common = {
  project: { type: 'string', default: '.' },
  'as-of': { type: 'string' },
  json: { type: 'boolean', default: false },
  quiet: { type: 'boolean', default: false },
  seed: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

export type OptionType = { type: 'string' | 'boolean'; multiple?: boolean };

export interface Arguments {
  positionals: string[];
  project: string;
  asOf?: string;
  json: boolean;
  quiet: boolean;
  seed?: number;
  help: boolean;
  /** Options of the verb itself, by name. */
  own: Record<string, string | boolean | string[] | undefined>;
}

/**
 * Reads a verb's arguments strictly.
 *
 * @throws LeadtimeError `ARGUMENT_UNKNOWN`, `ARGUMENT_INVALID`
 */
export function parseArguments(argv: readonly string[], own: Record<string, OptionType> = {}): Arguments {
  let parsed: { values: Record<string, string | boolean | string[] | undefined>; positionals: string[] };
  try {
    parsed = parseArgs({
      args: [...argv],
      options: { ...common, ...own },
      allowPositionals: true,
      strict: true,
    }) as typeof parsed;
  } catch (error) {
    const reason = error instanceof Error ? error.message.split(/\n|\. /)[0]! : String(error);
    const names = [...Object.keys(own), ...Object.keys(common)].map((name) => `--${name}`);
    throw new LeadtimeError(
      'ARGUMENT_UNKNOWN',
      `${reason.replace(/\.$/, '')}.`,
      `The options here are ${names.join(', ')}.`,
    );
  }
  const { project, 'as-of': asOf, json, quiet, seed, help, ...rest } = parsed.values;
  if (seed !== undefined && !/^\d+$/.test(String(seed))) {
    throw new LeadtimeError('ARGUMENT_INVALID', `--seed ${seed} is not a whole number.`, 'Give a number such as 1.', {
      value: String(seed),
    });
  }
  return {
    positionals: parsed.positionals,
    project: String(project),
    asOf: asOf === undefined ? undefined : String(asOf),
    json: Boolean(json),
    quiet: Boolean(quiet),
    seed: seed === undefined ? undefined : Number(seed),
    help: Boolean(help),
    own: rest,
  };
}

/** A whole-number option of the verb, or undefined. */
export function numberOption(given: Arguments, name: string): number | undefined {
  const text = given.own[name];
  if (text === undefined) return undefined;
  const value = Number(text);
  if (Number.isInteger(value) && value >= 0) return value;
  throw new LeadtimeError(
    'ARGUMENT_INVALID',
    `--${name} ${String(text)} is not a whole number.`,
    'Give a number such as 30.',
    {
      value: String(text),
    },
  );
}
