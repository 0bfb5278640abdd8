#!/usr/bin/env node
import { LeadtimeError } from '../../errors.ts';
import { version } from '../../pipelines/version.ts';
import { type OptionType, parseArguments } from './arguments.ts';
import { helpText } from './help.ts';
import { printJson, printText } from './output.ts';
import { verbs } from './verbs.ts';

/** Says what went wrong, for people or for programs, and gives the exit code: 1 for a named error, 2 for any other. */
function fail(error: unknown, json: boolean): number {
  const named = error instanceof LeadtimeError;
  if (json) {
    printJson({ error: named ? error.toJSON() : { code: 'UNEXPECTED', message: String(error) } });
  } else if (named) {
    const { file, line, table, column, series, value } = error.place;
    const place = Object.entries({ file, line, table, column, series, value })
      .filter(([, seen]) => seen !== undefined)
      .map(([name, seen]) => `  ${name}: ${seen}`);
    process.stderr.write([`${error.code}: ${error.message}`, ...place, `  fix: ${error.fix}`, ''].join('\n'));
  } else {
    process.stderr.write(`UNEXPECTED: ${error instanceof Error ? error.stack : String(error)}\n`);
  }
  return named ? 1 : 2;
}

async function main(argv: string[]): Promise<number> {
  const [name, ...rest] = argv;
  if (name === '--version' || name === '-v') {
    printText(version);
    return 0;
  }
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    printText(helpText(rest[0]));
    return 0;
  }
  try {
    const verb = verbs[name];
    if (!verb) {
      throw new LeadtimeError(
        'VERB_UNKNOWN',
        `There is no verb "${name}".`,
        `The verbs are ${Object.keys(verbs).join(', ')}.`,
        {
          value: name,
        },
      );
    }
    const given = parseArguments(rest, verb.options as Record<string, OptionType>);
    if (given.help) {
      printText(helpText(name));
      return 0;
    }
    const run = await verb.load();
    return await run(given);
  } catch (error) {
    return fail(error, rest.includes('--json'));
  }
}

process.exitCode = await main(process.argv.slice(2));
