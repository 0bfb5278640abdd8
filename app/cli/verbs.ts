import { JOB_NAMES } from '../../pipelines/job-names.ts';
import type { Arguments, OptionType } from './arguments.ts';

/** Does the verb's work and gives the exit code. */
export type VerbFunction = (given: Arguments) => Promise<number>;

export interface Verb {
  usage: string;
  about: string;
  options: Record<string, OptionType>;
  load: () => Promise<VerbFunction>;
}

const text: OptionType = { type: 'string' };
const flag: OptionType = { type: 'boolean' };

/** Every verb of the command line. Its code is loaded when it is used, so that the others start quickly. */
export const verbs: Record<string, Verb> = {
  init: {
    usage: 'leadtime init --sample | --source NAME --from DIR | --sales FILE [--products FILE ...]',
    about: 'make a project: the simulated sample company, a known data set, or your own files',
    options: {
      sample: flag,
      source: text,
      from: text,
      horizon: text,
      products: text,
      locations: text,
      years: text,
      rows: text,
      days: text,
      customers: text,
      name: text,
      currency: text,
      sales: text,
      stock: text,
      inbound: text,
      supply: text,
      suppliers: text,
      supplier_closures: text,
      calendar: text,
      promotions: text,
      prices: text,
      overrides: text,
      indicators: text,
      orders: text,
      payments: text,
      contacts: text,
      opportunities: text,
      funnel: text,
      force: flag,
    },
    load: async () => (await import('./init.ts')).init,
  },
  doctor: {
    usage: 'leadtime doctor',
    about: 'check Node, the native parts, disk, memory, the config and the sources',
    options: {},
    load: async () => (await import('./doctor.ts')).doctor,
  },
  run: {
    usage: `leadtime run [${JOB_NAMES.join('|')} ...]`,
    about: 'run jobs (none named: all but replay) and publish',
    options: {},
    load: async () => (await import('./run.ts')).run,
  },
  backtest: {
    usage:
      'leadtime backtest [--cutoffs N] [--gap PERIODS] [--refit auto|once|each] [--by segment,cutoff,horizon] [--compare RUN|ID|VERSION|last]',
    about: 'how accurate forecasts were on past cutoffs, and beside another version or config',
    options: { cutoffs: text, gap: text, refit: text, by: text, compare: text },
    load: async () => (await import('./backtest.ts')).backtest,
  },
  replay: {
    usage: 'leadtime replay [--from DATE] [--to DATE] [--policy NAME] [--compare-models NAME,NAME+NAME]',
    about: 'the company played forward on its own past: cost, service, stock and cash by policy',
    options: { from: text, to: text, policy: { type: 'string', multiple: true }, 'compare-models': text },
    load: async () => (await import('./replay.ts')).replay,
  },
  explain: {
    usage: 'leadtime explain <product>[@location]',
    about: 'why a forecast, an order or a discount is what it is',
    options: {},
    load: async () => (await import('./explain.ts')).explain,
  },
  export: {
    usage: 'leadtime export <mart> [--format csv|arrow|json] [--out FILE]',
    about: 'one published relation as CSV, Arrow or JSON',
    options: { format: text, out: text },
    load: async () => (await import('./export.ts')).exportMart,
  },
  schedule: {
    usage: 'leadtime schedule [--once]',
    about: 'run what is due, every minute, until stopped',
    options: { once: flag },
    load: async () => (await import('./schedule.ts')).schedule,
  },
  runs: {
    usage: 'leadtime runs [NUMBER] [--limit N]',
    about: 'past runs, newest first, or one with what each of its models is worth and costs',
    options: { limit: text },
    load: async () => (await import('./runs.ts')).runs,
  },
  query: {
    usage: 'leadtime query "<select>"',
    about: 'ask the published snapshot in SQL',
    options: {},
    load: async () => (await import('./query.ts')).query,
  },
};
