import { existsSync, statfsSync } from 'node:fs';
import { freemem, totalmem } from 'node:os';
import { join } from 'node:path';
import { LeadtimeError } from '../../errors.ts';
import { CONFIG_FILE, openProject } from '../../pipelines/project.ts';
import { version } from '../../pipelines/version.ts';
import type { Arguments } from './arguments.ts';
import { checkSources } from './doctor-sources.ts';
import type { Finding } from './finding.ts';
import { printJson, printText } from './output.ts';

const MINIMUM_NODE = [20, 19];
const MINIMUM_FREE_BYTES = 1e9;
const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;

/** `leadtime doctor`: what this machine and project need, checked one by one. Exit 1 where something is missing. */
export async function doctor(given: Arguments): Promise<number> {
  const findings = [
    checkNode(),
    await checkDuckDb(),
    await checkTensorFlow(),
    checkDisk(given.project),
    checkMemory(),
    ...(await checkProject(given.project)),
  ];
  const failed = findings.filter(({ ok }) => !ok);
  if (given.json) printJson({ version, ok: failed.length === 0, findings });
  else {
    const lines = findings.map(
      ({ ok, check, found, fix }) => `${ok ? 'ok  ' : 'FAIL'}  ${check}: ${found}${fix ? `\n      fix: ${fix}` : ''}`,
    );
    const last = failed.length === 0 ? `All is well. Next: ${nextCommand(given.project)}` : `${failed.length} to mend.`;
    printText([...lines, last].join('\n'));
  }
  return failed.length === 0 ? 0 : 1;
}

/** What to type where nothing is missing. */
function nextCommand(folder: string): string {
  if (!existsSync(join(folder, CONFIG_FILE))) return 'leadtime init --help';
  return folder === '.' ? 'leadtime run' : `leadtime run --project ${folder}`;
}

function checkNode(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const ok = major > MINIMUM_NODE[0]! || (major === MINIMUM_NODE[0]! && minor >= MINIMUM_NODE[1]!);
  return { check: 'Node', ok, found: process.version, fix: ok ? undefined : 'Install Node 20.19 or later.' };
}

async function checkDuckDb(): Promise<Finding> {
  try {
    const { Warehouse } = await import('../../pipelines/warehouse/warehouse.ts');
    const warehouse = await Warehouse.open(':memory:');
    const [row] = await warehouse.rows<{ version: string }>('select version() as version');
    warehouse.close();
    return { check: 'DuckDB', ok: true, found: row!.version };
  } catch (error) {
    return {
      check: 'DuckDB',
      ok: false,
      found: String(error),
      fix: 'Install again with optional dependencies: npm ci.',
    };
  }
}

async function checkTensorFlow(): Promise<Finding> {
  try {
    const { loadTfjs } = await import('../../models/forecast/lstm/tfjs-runtime.ts');
    return { check: 'TensorFlow.js', ok: true, found: (await loadTfjs()).name };
  } catch (error) {
    return {
      check: 'TensorFlow.js',
      ok: false,
      found: String(error),
      fix: 'Install again (npm ci), or set "forecast": {"engine": "none"}.',
    };
  }
}

function checkDisk(folder: string): Finding {
  const { bavail, bsize } = statfsSync(existsSync(folder) ? folder : '.');
  const free = bavail * bsize;
  const ok = free >= MINIMUM_FREE_BYTES;
  return { check: 'disk', ok, found: `${gigabytes(free)} free`, fix: ok ? undefined : 'Free at least 1 GB.' };
}

function checkMemory(): Finding {
  const ok = totalmem() >= 2e9;
  const found = `${gigabytes(totalmem())}, ${gigabytes(freemem())} free`;
  return { check: 'memory', ok, found, fix: ok ? undefined : 'Leadtime wants at least 2 GB.' };
}

function checkSecret(name: string): Finding {
  const ok = Boolean(process.env[name]);
  return {
    check: 'webhook',
    ok,
    found: `${name} is ${ok ? 'set' : 'not set'}`,
    fix: ok ? undefined : `Set the environment variable ${name} to the secret that signs the messages.`,
  };
}

async function checkProject(folder: string): Promise<Finding[]> {
  if (!existsSync(join(folder, CONFIG_FILE))) {
    return [{ check: 'project', ok: true, found: `none in ${folder}; make one with leadtime init` }];
  }
  try {
    const project = openProject(folder);
    const { name, restock } = project.config;
    return [
      { check: 'config', ok: true, found: `"${name}"` },
      ...(restock.webhook ? [checkSecret(restock.webhook.secretEnv)] : []),
      ...(await checkSources(project)),
    ];
  } catch (error) {
    if (!(error instanceof LeadtimeError)) throw error;
    return [{ check: 'config', ok: false, found: error.message, fix: error.fix }];
  }
}
