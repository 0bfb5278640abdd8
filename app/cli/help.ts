import { version } from '../../pipelines/version.ts';
import { textTable } from './output.ts';
import { verbs } from './verbs.ts';

const common = `Options of every verb:
  --project DIR   the project's folder (default: this one)
  --as-of DATE    decide for that morning; days before it are known
  --json          one JSON document on stdout
  --quiet         no progress
  --seed N        seed of everything random (default: the config's)`;

/** Help on one verb, or on all. */
export function helpText(name?: string): string {
  const verb = name === undefined ? undefined : verbs[name];
  if (verb) {
    const own = Object.keys(verb.options).map((option) => `--${option}`);
    return `${verb.usage}\n\n${verb.about}\n${own.length > 0 ? `\nIts options: ${own.join(' ')}\n` : ''}\n${common}\n`;
  }
  const table = textTable(
    ['verb', 'does'],
    Object.entries(verbs).map(([key, { about }]) => [key, about]),
  );
  return `leadtime ${version}: sales forecasts carried through to decisions\n\nleadtime <verb> [options]\n\n${table}\n\n${common}\n\nFirst steps: leadtime init --sample --project shop && leadtime run --project shop\n`;
}
